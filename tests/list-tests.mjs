import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every test file, from the repository's root on, in a stable order.
 * @param {string} root
 */
export function listTests(root) {
  return readdirSync(join(root, 'tests'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => join('tests', file));
}
