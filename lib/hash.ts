import type { Hash } from 'node:crypto';
import { createRequire } from 'node:module';

/** A hash by its name in `node:crypto`, which takes milliseconds to load and so is loaded with the first hash. */
export function createHash(algorithm: 'sha1' | 'sha256'): Hash {
  const crypto = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  return crypto.createHash(algorithm);
}
