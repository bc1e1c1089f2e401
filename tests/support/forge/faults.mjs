// Faults that need to know what a forge's answer means; the wire-level ones are in ../http-faults.mjs.
import { WIRE_FAULTS } from '../http-faults.mjs';

/** @typedef {import('../http-faults.mjs').WireFault} WireFault */
/** @typedef {import('./answers.mjs').Answer} Answer */
/**
 * - `wrong-shape`: valid JSON of another shape. `shape`: `null`, `{}`, `[]`, `"text"`, `rows` (the rows are there, their
 *   fields are not); default: the opposite of what was due.
 * - `drop-page`: rows of the last page are missing, and what counts them still counts them.
 * - `ignore-filter`: the server takes no notice of the filters in the query.
 * - `after-write`: the request is carried out, and then its answer is lost: `reset`, `hang`, or a status.
 * @typedef {(
 *   | WireFault
 *   | { kind: 'wrong-shape', shape?: 'null' | '{}' | '[]' | '"text"' | 'rows' }
 *   | { kind: 'drop-page' }
 *   | { kind: 'ignore-filter' }
 *   | { kind: 'after-write', then: 'reset' | 'hang' | number }
 * )} Fault
 */

/** Query parameters that narrow a list, on any forge. */
export const FILTERS = [
  'head_sha',
  'branch',
  'event',
  'status',
  'actor',
  'created',
  'head',
  'base',
  'state',
  'path',
];
/** Lists whose `ref` or `sha` narrows them too. */
const REF_FILTERED = /\/(activity|commits)$/;

/** @param {Fault} fault @returns {fault is WireFault} */
export function isWireFault(fault) {
  return WIRE_FAULTS.some((kind) => kind === fault.kind);
}

/**
 * @param {string} path
 * @param {URLSearchParams} query
 */
export function dropFilters(path, query) {
  const left = new URLSearchParams(query);
  for (const name of FILTERS) left.delete(name);
  if (REF_FILTERED.test(path)) left.delete('ref');
  return left;
}

/**
 * @param {Fault} fault
 * @param {Answer} answer
 * @returns {Answer}
 */
export function spoilAnswer(fault, answer) {
  if (fault.kind === 'wrong-shape') return { ...answer, body: spoilShape(answer.body, fault.shape) };
  if (fault.kind === 'drop-page') return { ...answer, body: dropRows(answer) };
  return answer;
}

/**
 * @param {unknown} body
 * @param {string | undefined} shape
 */
function spoilShape(body, shape) {
  if (shape === 'null') return null;
  if (shape === '{}') return {};
  if (shape === '[]') return [];
  if (shape === '"text"') return 'text';
  if (shape === 'rows') return emptyRows(body);
  return Array.isArray(body) ? {} : [];
}

/** @param {unknown} body */
function emptyRows(body) {
  const blank = (/** @type {unknown[]} */ rows) => rows.map(() => ({}));
  if (Array.isArray(body)) return blank(body);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? blank(value) : value]),
  );
}

/** @param {Answer} answer */
function dropRows({ body, firstPage, lastPage }) {
  if (lastPage === false) return body;
  const shorten = (/** @type {unknown[]} */ rows) => (firstPage === false ? [] : rows.slice(0, -1));
  if (Array.isArray(body)) return shorten(body);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? shorten(value) : value]),
  );
}
