// What a bench hands to `npm run bench`, which runs them all and makes one table of their rows.
import { appendFileSync } from 'node:fs';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} ours as measured, with its unit
 * @property {string} instead what it is held against, as measured; where that is missing, the words that say so
 * @property {number | null} ratio ours ÷ instead
 * @property {string} limit what the ratio may be at most; empty where it is shown only
 * @property {boolean | null} within null where there is no limit, or nothing to hold it against
 * @property {boolean} [quoted] the README shows it too
 */

/** @param {Row[]} rows */
export function reportRows(...rows) {
  const file = process.env['BENCH_REPORT'];
  if (file !== undefined) appendFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** A ratio with a limit. @param {number} ours @param {number} instead @param {number} limit */
export function hold(ours, instead, limit) {
  const ratio = ours / instead;
  return { ratio, limit: limit.toFixed(2), within: ratio <= limit };
}

/** A ratio that is shown only. @param {number} ours @param {number} instead */
export function show(ours, instead) {
  return { ratio: ours / instead, limit: '', within: null };
}

/** Where the other tool is not there. */
export const lacking = { ratio: null, limit: '', within: null };

/** @param {number} value */
export function inMs(value) {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(0)} ms`;
}
