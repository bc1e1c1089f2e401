// How Gitea pages its lists: 30 rows unless asked for more, never more than 50 or what its owner allows, and what its headers then say.
import { readNumber, slicePage } from './answers.mjs';

/** @typedef {import('./routes.mjs').Call} Call */

export const MAX_PAGE = 50;

/**
 * @param {Call} call
 * @returns {{ page: number, size: number }}
 */
export function readPage(call) {
  const size = Math.min(readNumber(call.query, 'limit', 30), MAX_PAGE, call.world.mostRows);
  return { page: readNumber(call.query, 'page', 1), size };
}

/**
 * @template T
 * @param {Call} call
 * @param {T[]} rows all of them
 * @param {(row: T) => unknown} shape
 * @returns {import('./answers.mjs').Answer}
 */
export function pageAnswer(call, rows, shape) {
  const page = readPage(call);
  const shown = slicePage(rows, page);
  return {
    status: 200,
    headers: pageHeaders(call, rows.length, page),
    body: shown.map(shape),
    ...position(rows.length, page),
  };
}

/**
 * @param {number} total
 * @param {{ page: number, size: number }} page
 */
export function position(total, { page, size }) {
  return { firstPage: page === 1, lastPage: page * size >= total };
}

/**
 * @param {Call} call
 * @param {number} total
 * @param {{ page: number, size: number }} page
 * @returns {Record<string, string>}
 */
function pageHeaders(call, total, page) {
  const link = linkHeader(call, total, page);
  return {
    ...(link === '' ? {} : { link }),
    'access-control-expose-headers': link === '' ? 'X-Total-Count' : 'Link, X-Total-Count',
    'x-total-count': String(total),
  };
}

/**
 * @param {Call} call
 * @param {number} total
 * @param {{ page: number, size: number }} page
 */
export function linkHeader(call, total, { page, size }) {
  const last = Math.max(1, Math.ceil(total / Math.min(size, MAX_PAGE)));
  const current = Math.min(page, last);
  const to = (/** @type {number} */ number, /** @type {string} */ rel) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    query.sort();
    return `<${call.apiUrl}${call.path}?${query}>; rel="${rel}"`;
  };
  const links = [];
  if (current < last) links.push(to(current + 1, 'next'), to(last, 'last'));
  if (current > 1) links.push(to(1, 'first'), to(current - 1, 'prev'));
  return links.join(',');
}
