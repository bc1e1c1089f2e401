// What a route gives back, and how lists are cut into pages.
/** @typedef {{ status: number, headers?: Record<string, string>, body?: unknown, firstPage?: boolean, lastPage?: boolean }} Answer */
/**
 * @typedef {object} Page
 * @property {number} page from 1
 * @property {number} size
 */

/**
 * @param {unknown} body
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export function ok(body, status = 200, headers = {}) {
  return { status, headers, body };
}

/** @returns {Answer} */
export function noContent() {
  return { status: 204 };
}

/** An answer to throw from anywhere inside a route. */
export class Refusal extends Error {
  /** @param {Answer} answer */
  constructor(answer) {
    super(`answer ${answer.status}`);
    this.answer = answer;
  }
}

/**
 * @template T
 * @param {T[]} rows
 * @param {Page} page
 */
export function slicePage(rows, { page, size }) {
  return rows.slice((page - 1) * size, page * size);
}

/**
 * @param {URLSearchParams} query
 * @param {string} name
 * @param {number} fallback
 */
export function readNumber(query, name, fallback) {
  const value = Number(query.get(name));
  return Number.isInteger(value) && value > 0 ? value : fallback;
}

/** @param {number} ms */
export function iso(ms) {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
