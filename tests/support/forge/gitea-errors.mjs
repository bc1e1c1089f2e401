// Gitea's error bodies. https://HOST/api/swagger stands in all of them.
import { Refusal } from './answers.mjs';

/** @typedef {import('./routes.mjs').Call} Call */

/** What Gitea says for a path that its version does not have: plain text, where a missing thing is JSON. */
export const ABSENT_API = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
};

/**
 * @param {Call} call
 * @param {number} status
 * @param {string} message
 */
export function refuse(call, status, message) {
  return new Refusal({ status, body: { message, url: `${call.url}/api/swagger` } });
}

/**
 * @param {Call} call
 * @param {string} [message]
 * @param {string[] | null} [errors]
 */
export function notFound(call, message = "The target couldn't be found.", errors = null) {
  return new Refusal({ status: 404, body: { errors, message, url: `${call.url}/api/swagger` } });
}

/**
 * A fault of the server: only an administrator is told which.
 * @param {Call} call
 * @param {string} message
 */
export function serverFault(call, message) {
  const admin = call.caller.login !== null && call.world.users.get(call.caller.login.toLowerCase())?.admin;
  return refuse(call, 500, admin ? message : '');
}
