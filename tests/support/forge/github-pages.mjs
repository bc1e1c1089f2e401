// How GitHub pages its lists: 30 rows unless asked for more, never more than 100, and `Link` tells where the next are.
import { readNumber, slicePage } from './answers.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./answers.mjs').Answer} Answer */

/**
 * @template T
 * @param {Call} call
 * @param {T[]} rows all of them
 * @param {(row: T) => unknown} shape
 * @param {(shown: unknown[]) => unknown} [wrap] for lists inside an object
 * @returns {Answer}
 */
export function pageAnswer(call, rows, shape, wrap = (shown) => shown) {
  const page = {
    page: readNumber(call.query, 'page', 1),
    size: Math.min(readNumber(call.query, 'per_page', 30), 100),
  };
  const link = linkHeader(call, rows.length, page);
  return {
    status: 200,
    headers: link === '' ? {} : { link },
    body: wrap(slicePage(rows, page).map(shape)),
    firstPage: page.page === 1,
    lastPage: page.page * page.size >= rows.length,
  };
}

/**
 * @param {Call} call
 * @param {number} total
 * @param {{ page: number, size: number }} page
 */
export function linkHeader(call, total, { page, size }) {
  const last = Math.max(1, Math.ceil(total / size));
  const to = (/** @type {number} */ number, /** @type {string} */ rel) =>
    linkTo(call, { page: String(number) }, rel);
  const links = [];
  if (page > 1) links.push(to(page - 1, 'prev'));
  if (page < last) links.push(to(page + 1, 'next'), to(last, 'last'));
  if (page > 1) links.push(to(1, 'first'));
  return links.join(', ');
}

/**
 * @param {Call} call
 * @param {Record<string, string>} changes
 * @param {string} rel
 */
export function linkTo(call, changes, rel) {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `<${call.apiUrl}${call.path}?${query}>; rel="${rel}"`;
}
