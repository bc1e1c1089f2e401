import { CouldNotTell } from '../errors.ts';
import { findWords } from '../http-words.ts';
import { HttpFault, type HttpAnswer } from '../http.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import type { Shape } from '../shape.ts';
import { isPassing } from './blocker.ts';
import type { ArmAnswer, MergeAnswer, Pull } from './ports.ts';

interface Branches {
  from: string;
  to: string;
}

/** GitHub's open pull request of the pair; one from a fork with a branch of the same name is another's. */
export async function findGitHubPull(forge: Forge, { from, to }: Branches): Promise<Pull | null> {
  const owner = forge.repo.split('/')[0] as string;
  const call = {
    purpose: `read the open pull requests of ${forge.repo} from ${from} to ${to}`,
    path: `${repoPath(forge.repo)}/pulls`,
    query: { state: 'open', head: `${owner}:${from}`, base: to, per_page: 100 },
  };
  const numbers = await forge.api.read(call, (body) =>
    body
      .list()
      .filter((row) => isOurs(row, forge.repo, { from, to }))
      .map((row) => row.field('number').count()),
  );
  const number = numbers[0];
  return number === undefined ? null : readGitHubPull(forge, number);
}

function isOurs(row: Shape, repo: string, { from, to }: Branches): boolean {
  const head = row.field('head');
  const source = head.optional('repo')?.field('full_name').text().toLowerCase();
  return (
    head.field('ref').text() === from &&
    row.field('base').field('ref').text() === to &&
    source === repo.toLowerCase()
  );
}

/** Opens one; 422 `already exists` is another process's success, 422 `No commits between` has nothing to merge. */
export async function openGitHubPull(
  forge: Forge,
  { from, to }: Branches,
  text: { title: string; body: string },
): Promise<Pull | null> {
  const purpose = `open a pull request from ${from} to ${to} in ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls`;
  const body = { ...text, head: from, base: to };
  const answer = await forge.api.call({ purpose, method: 'POST', path, body });
  if (answer.status === 422 && /already exists/i.test(answer.text))
    return findGitHubPull(forge, { from, to });
  if (answer.status === 422 && /no commits between/i.test(answer.text)) return null;
  if (answer.status !== 201) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, readPull);
}

export function readGitHubPull(forge: Forge, number: number): Promise<Pull> {
  const call = {
    purpose: `read #${number} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/pulls/${number}`,
  };
  return forge.api.read(call, readPull);
}

function readPull(body: Shape): Pull {
  const merged = body.optional('merged_at');
  const mergeable = body.optional('mergeable')?.flag() ?? null;
  const isMerged = merged !== null;
  return {
    number: body.field('number').count(),
    url: body.optional('html_url')?.text() ?? '',
    state: isMerged ? 'merged' : body.field('state').text() === 'open' ? 'open' : 'closed',
    head: body.field('head').field('sha').sha(),
    mergeSha: isMerged ? (body.optional('merge_commit_sha')?.sha() ?? null) : null,
    mergedAt: isMerged ? Date.parse(merged.text()) : null,
    armed: body.optional('auto_merge') !== null,
    queued: false,
    draft: body.optional('draft')?.flag() ?? false,
    mergeable: mergeable === null ? 'unknown' : mergeable ? 'yes' : 'no',
  };
}

/** PUT …/merge with the head it must be; by `fast-forward` the base's ref is moved there, never by force. */
export async function mergeOnGitHub(
  forge: Forge,
  { to }: Branches,
  method: 'merge' | 'fast-forward',
  pull: Pull,
  head: string,
): Promise<MergeAnswer> {
  const purpose = `merge #${pull.number} of ${forge.repo}`;
  const repo = repoPath(forge.repo);
  const call =
    method === 'merge'
      ? {
          purpose,
          method: 'PUT' as const,
          path: `${repo}/pulls/${pull.number}/merge`,
          body: { sha: head, merge_method: 'merge' },
        }
      : {
          purpose,
          method: 'PATCH' as const,
          path: `${repo}/git/refs/heads/${to.split('/').map(encodeURIComponent).join('/')}`,
          body: { sha: head, force: false },
        };
  const answer = await callOnce(() => forge.api.call(call));
  if ('lost' in answer) return { kind: 'unsure', words: answer.lost };
  const words = findWords(answer.text);
  if (answer.status === 200) {
    if (method === 'fast-forward') return { kind: 'merged', sha: head };
    return { kind: 'merged', sha: forge.api.decode(answer, purpose, (body) => body.field('sha').sha()) };
  }
  if (answer.status === 409) return { kind: 'head-moved' };
  if (answer.status === 405 || answer.status === 422)
    return { kind: isPassing(words) ? 'again' : 'refused', words };
  if (answer.status >= 500) return { kind: 'unsure', words };
  throw forge.api.refuse(answer, purpose);
}

/** An answer that was lost on its way may stand for something done. Throws every fault that surely did nothing. */
export async function callOnce(send: () => Promise<HttpAnswer>): Promise<HttpAnswer | { lost: string }> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof HttpFault && error.maybeSent) return { lost: error.message };
    throw error;
  }
}

const armQuery = `mutation($id: ID!, $head: GitObjectID!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: MERGE}) {
    pullRequest { number }
  }
}`;
const disarmQuery = `mutation($id: ID!) {
  disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number } }
}`;
const standingQuery = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { id merged headRefOid isInMergeQueue autoMergeRequest { enabledAt } }
  }
}`;

interface Standing {
  id: string;
  merged: boolean;
  armed: boolean;
  queued: boolean;
}

/** What REST does not show: the id that mutations want, and the merge queue. */
export async function fetchStanding(forge: Forge, number: number): Promise<Standing> {
  const [owner = '', name = ''] = forge.repo.split('/');
  const answer = await askGraph(forge, `read #${number} of ${forge.repo}`, standingQuery, {
    owner,
    name,
    number,
  });
  if (answer.errors !== null) throw cannot(`read #${number} of ${forge.repo}`, answer.errors);
  return answer.data((data) => {
    const pull = data.field('repository').field('pullRequest');
    return {
      id: pull.field('id').text(),
      merged: pull.field('merged').flag(),
      armed: pull.optional('autoMergeRequest') !== null,
      queued: pull.optional('isInMergeQueue')?.flag() ?? false,
    };
  });
}

/** Arms with the head it must be, and reads back that it is armed. */
export async function armOnGitHub(forge: Forge, pull: Pull, head: string): Promise<ArmAnswer> {
  const purpose = `arm #${pull.number} of ${forge.repo}`;
  const { id } = await fetchStanding(forge, pull.number);
  const { errors } = await askGraph(forge, purpose, armQuery, { id, head });
  if (errors !== null) {
    if (/clean status/i.test(errors)) return { kind: 'clean' };
    if (/head sha/i.test(errors)) return { kind: 'head-moved' };
    return { kind: 'refused', words: errors };
  }
  const standing = await fetchStanding(forge, pull.number);
  if (standing.armed || standing.queued || standing.merged) return { kind: 'armed' };
  return { kind: 'refused', words: 'the server took it, but reading back shows it not armed' };
}

export async function disarmOnGitHub(forge: Forge, pull: Pull): Promise<void> {
  const purpose = `disarm #${pull.number} of ${forge.repo}`;
  const { id, armed } = await fetchStanding(forge, pull.number);
  if (!armed) return;
  const { errors } = await askGraph(forge, purpose, disarmQuery, { id });
  if (errors !== null && !/can't disable/i.test(errors)) throw cannot(purpose, errors);
}

function cannot(purpose: string, words: string): CouldNotTell {
  return new CouldNotTell(
    `Cannot ${purpose}: POST /graphql answered "${words.slice(0, 200)}"; check that the token may write pull requests and contents`,
  );
}

/** GraphQL's address: api.github.com/graphql, and /api/graphql beside an Enterprise Server's /api/v3. */
async function askGraph(
  forge: Forge,
  purpose: string,
  query: string,
  variables: Record<string, string | number>,
): Promise<{ errors: string | null; data: <T>(read: (data: Shape) => T) => T }> {
  const path = forge.context.apiUrl.endsWith('/api/v3') ? '/../graphql' : '/graphql';
  const reads = query.startsWith('query');
  const answer = await forge.api.call({ purpose, method: 'POST', path, body: { query, variables }, reads });
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  const errors = forge.api.decode(answer, purpose, (body) => {
    const rows = body.optional('errors')?.list() ?? [];
    if (rows.length > 0) return rows.map((row) => row.field('message').text()).join('; ');
    body.field('data');
    return null;
  });
  return { errors, data: (read) => forge.api.decode(answer, purpose, (body) => read(body.field('data'))) };
}
