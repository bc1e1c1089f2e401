// Releases of this project as vendor-sync finds them: small files with the head that the build writes, and their sums.
import { createHash } from 'node:crypto';

/** @param {string} text */
export const sumOf = (text) => createHash('sha256').update(text).digest('hex');

/** @param {string} name @param {string} version */
export const makeBundle = (name, version) =>
  `// ${name} ${version}\n// Built from scripts/${name}.ts of switchyard; do not edit\nthrow new Error("ran ü");\n`;

/**
 * What a release holds, as files of its repository.
 * @param {string} version
 * @returns {Record<string, string>}
 */
export function makeRelease(version, names = ['ancestry', 'e2e-gate', 'vendor-sync']) {
  const files = Object.fromEntries(names.map((name) => [`vendor/${name}.mjs`, makeBundle(name, version)]));
  const sums = names.map((name) => `${sumOf(makeBundle(name, version))}  ${name}.mjs\n`).join('');
  return { ...files, 'vendor/SHA256SUMS': sums, 'package.json': `{"version":"${version}"}\n` };
}
