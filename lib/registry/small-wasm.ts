import { setFlagsFromString } from 'node:v8';

/**
 * Node's fetch reads HTTP by a WebAssembly parser, and V8 optimises that in the background for some 28 MB of memory.
 * A script that makes a few hundred calls has nothing from it, so only V8's first compiler is used. Must be called
 * before the first fetch. Measured with Node 20.20: 84 MB at the end without, 56 MB with it.
 */
export function keepWasmSmall(): void {
  setFlagsFromString('--liftoff-only');
}
