// Loaded before a script (`node --import`): ends it by a signal at its how-many-eth write to a file, before that write
// or half way through. Without CUT_AT it counts them, into the file CUT_COUNT.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { CUT_AT, CUT_SIGNAL, CUT_HALF, CUT_COUNT } = process.env;
const real = { ...fs };
let writes = 0;
/** Some of these calls are made of others. */
let isInside = false;

/**
 * @param {() => unknown} work
 * @param {(() => void) | null} [half] does half of it
 */
function pass(work, half = null) {
  if (isInside) return work();
  isInside = true;
  try {
    if (String(writes++) === CUT_AT) {
      if (CUT_HALF) half?.();
      process.kill(process.pid, CUT_SIGNAL);
    }
    return work();
  } finally {
    isInside = false;
  }
}

/** @param {unknown} data */
function halve(data) {
  const bytes = typeof data === 'string' ? Buffer.from(data) : /** @type {Buffer} */ (data);
  return bytes.subarray(0, bytes.length / 2);
}

/** @typedef {(...args: any[]) => unknown} Work */
// A runner's own file gets its lines in one go, and nothing reads those of a step that was killed.
for (const name of /** @type {const} */ ([
  'appendFileSync',
  'mkdirSync',
  'mkdtempSync',
  'renameSync',
  'rmSync',
])) {
  const work = /** @type {Work} */ (real[name]);
  Object.assign(fs, { [name]: (/** @type {unknown[]} */ ...args) => pass(() => work(...args)) });
}

/** @type {Record<string, Work>} */
const patched = {
  openSync: (path, flags = 'r', mode) =>
    flags === 'r' ? real.openSync(path, flags, mode) : pass(() => real.openSync(path, flags, mode)),
  writeFileSync: (file, data, options) =>
    pass(
      () => real.writeFileSync(file, data, options),
      () => real.writeFileSync(file, halve(data), options),
    ),
  writeSync: (descriptor, bytes, ...rest) =>
    descriptor <= 2
      ? real.writeSync(descriptor, bytes, ...rest)
      : pass(
          () => real.writeSync(descriptor, bytes, ...rest),
          () => void real.writeSync(descriptor, halve(bytes)),
        ),
};
Object.assign(fs, patched);
syncBuiltinESMExports();

if (CUT_COUNT) process.on('exit', () => real.writeFileSync(CUT_COUNT, String(writes)));
