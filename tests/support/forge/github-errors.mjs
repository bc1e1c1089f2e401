// GitHub's error bodies.
import { Refusal } from './answers.mjs';

const DOCUMENTATION = 'https://docs.github.com/rest';

/**
 * @param {number} status
 * @param {string} message
 * @param {Record<string, unknown>} [more] other fields of the body
 * @param {Record<string, string>} [headers]
 */
export function refuse(status, message, more = {}, headers = {}) {
  return new Refusal({
    status,
    headers,
    body: { message, ...more, documentation_url: DOCUMENTATION, status: String(status) },
  });
}

export function notFound() {
  return refuse(404, 'Not Found');
}

/**
 * @param {string} resource
 * @param {Record<string, string>[]} errors
 */
export function invalid(resource, errors) {
  return refuse(422, 'Validation Failed', { errors: errors.map((error) => ({ resource, ...error })) });
}
