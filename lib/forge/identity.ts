import { CouldNotTell } from '../errors.ts';
import type { Shape } from '../shape.ts';
import type { Api } from './api.ts';
import { refuseAnswer } from './refusal.ts';

/** Whose token it is. */
export interface Identity {
  login: string;
  /** As it would stand in a commit. */
  name: string;
  email: string;
  /** Is it the automatic token of a job, which writes nowhere else and starts nothing (Gitea 1.22.6)? */
  isJob: boolean;
}

/**
 * The user behind the token; null, with the reason, where the token may not ask (a missing scope, or an
 * installation token of a GitHub App). A token that is not accepted at all throws CouldNotTell.
 */
export async function fetchIdentity(api: Api): Promise<{ user: Identity } | { user: null; why: string }> {
  const purpose = "read the token's user";
  const answer = await api.call({ purpose, path: '/user' });
  if (answer.status === 401) {
    const refusal = refuseAnswer(api, answer, purpose).message;
    const why = api.hasToken ? ' (token invalid or expired)' : '';
    throw new CouldNotTell(`${refusal}${why}; nothing was touched`);
  }
  if (answer.status === 403) return { user: null, why: refuseAnswer(api, answer, purpose).message };
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return { user: api.decode(answer, purpose, readIdentity) };
}

function readIdentity(body: Shape): Identity {
  const login = body.field('login').text();
  const id = body.optional('id')?.integer() ?? 0;
  const named = (body.optional('name') ?? body.optional('full_name'))?.text().trim() ?? '';
  const email = body.optional('email')?.text().trim() ?? '';
  return {
    login,
    name: named || login,
    // What GitHub itself puts into commits of people who hide their address.
    email: email || `${id}+${login}@users.noreply.github.com`,
    isJob: login === 'gitea-actions' || login === 'forgejo-actions',
  };
}
