import type { Hash } from 'node:crypto';
import { createRequire } from 'node:module';

/** A hash by its name in `node:crypto`. */
export function createHash(algorithm: 'sha1' | 'sha256'): Hash {
  return loadCrypto().createHash(algorithm);
}

/** A name that nobody else has. */
export function randomId(): string {
  return loadCrypto().randomUUID();
}

/** It takes milliseconds to load, so it is loaded with the first use. */
function loadCrypto(): typeof import('node:crypto') {
  return createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
}
