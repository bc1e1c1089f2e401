import type { ForgeKind } from '../find-api.ts';
import type { HttpAnswer } from '../http.ts';

const tokenNames = 'SWITCHYARD_TOKEN (or GITEA_TOKEN, GH_TOKEN, GITHUB_TOKEN)';

/** What is to be tried where something may only be hidden. */
export const setToken = `and set a token (${tokenNames}) if it is private`;

/** What a person does about an answer that is no use. */
export function findMend(kind: ForgeKind, answer: HttpAnswer, hasToken: boolean): string {
  const { status } = answer;
  if (status === 401) {
    return hasToken
      ? `the token is invalid or expired: give a working one in ${tokenNames}${orElsewhere(answer.url)}`
      : `no token was given: set ${tokenNames}`;
  }
  if (status === 403) return mendForbidden(kind, answer, hasToken);
  if (status === 404) return mendMissing(kind, answer, hasToken);
  if (status === 410) return 'the feature is switched off in this repository: switch it on';
  if (status === 422) return 'the server took the request for malformed: check names and SHAs';
  if (status === 423) return 'the repository is archived: unarchive it, or leave it out';
  if (status === 451) return 'the server may not show it for legal reasons';
  if (status >= 300 && status < 400)
    return 'the server points elsewhere: check the API URL (SWITCHYARD_API_URL) and the name';
  if (status === 429) return 'the rate limit is used up: come back later';
  if (status >= 500) return 'the server is not well: run again in a few minutes';
  return 'check the API URL (SWITCHYARD_API_URL) and run again';
}

function mendForbidden(kind: ForgeKind, answer: HttpAnswer, hasToken: boolean): string {
  const scope = /required scope\(s\): \[([^\]]+)\]/.exec(answer.text)?.[1];
  if (scope) return `the token lacks the scope ${scope}: give one that has it in ${tokenNames}`;
  const accepted = answer.headers.get('x-accepted-github-permissions');
  if (accepted) return `the token lacks a permission: it needs ${accepted}`;
  if (!hasToken) return `no token was given: set ${tokenNames}`;
  return kind === 'github'
    ? 'the token may not do this: give the job the permission (contents, actions: read), or another token'
    : 'the token may not do this: give one whose user has the right, with the scope it names';
}

function mendMissing(kind: ForgeKind, answer: HttpAnswer, hasToken: boolean): string {
  if (kind !== 'github' && /^404 page not found/.test(answer.text)) {
    return "this server's version has no such API, or the API URL is wrong (SWITCHYARD_API_URL)";
  }
  const type = answer.headers.get('content-type');
  if (kind === 'github' && type !== null && !/\bjson\b/i.test(type)) {
    return "this is no API of GitHub: check the API URL (SWITCHYARD_API_URL); a Gitea's ends in /api/v1";
  }
  return hasToken
    ? `check the name, and that the token may see it (a private thing answers 404 to who may not)${orElsewhere(answer.url)}`
    : `check the name, ${setToken}${orElsewhere(answer.url)}`;
}

/** What to do where GitHub was asked only because no other server was named. */
export function orElsewhere(url: string): string {
  const { host } = new URL(url);
  return host === 'api.github.com' ? `; where it is not on GitHub (${host} was asked) give --api-url` : '';
}
