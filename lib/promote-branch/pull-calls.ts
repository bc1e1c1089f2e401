import { HttpFault, type HttpAnswer } from '../http.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import type { Shape } from '../shape.ts';
import type { Pull } from './ports.ts';

/** The pair of branches that a pull request joins. */
export interface Branches {
  from: string;
  to: string;
}

/** What one forge says in its own way. */
export interface PullDialect {
  readPull: (body: Shape) => Pull;
  find: (forge: Forge, branches: Branches) => Promise<Pull | null>;
  /** Is there one already? Then it is another process's success. */
  isThere: (answer: HttpAnswer) => boolean;
  /** Is there nothing to merge? */
  isEmpty: (answer: HttpAnswer) => boolean;
}

/** What both forges say of a pull request in the same words. */
export function readPullFields(
  body: Shape,
  { isMerged }: { isMerged: boolean },
): Pick<Pull, 'number' | 'url' | 'state' | 'head' | 'mergeSha' | 'draft'> {
  return {
    number: body.field('number').count(),
    url: body.optional('html_url')?.text() ?? '',
    state: isMerged ? 'merged' : body.field('state').text() === 'open' ? 'open' : 'closed',
    head: body.field('head').field('sha').sha(),
    mergeSha: isMerged ? (body.optional('merge_commit_sha')?.sha() ?? null) : null,
    draft: body.optional('draft')?.flag() ?? false,
  };
}

/** Is a row of the list ours? One from a fork with a branch of the same name is another's. */
export function isOurs(row: Shape, repo: string, { from, to }: Branches): boolean {
  const head = row.field('head');
  const source = head.optional('repo')?.field('full_name').text().toLowerCase();
  return (
    head.field('ref').text() === from &&
    row.field('base').field('ref').text() === to &&
    source === repo.toLowerCase()
  );
}

/** Opens a pull request; null where there is nothing to merge. */
export async function openPull(
  forge: Forge,
  { from, to }: Branches,
  text: { title: string; body: string },
  dialect: PullDialect,
): Promise<Pull | null> {
  const purpose = `open a pull request from ${from} to ${to} in ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls`;
  const body = { ...text, head: from, base: to };
  const find = () => dialect.find(forge, { from, to });
  const answer = await sendOrFind(() => forge.api.call({ purpose, method: 'POST', path, body }), find);
  if ('found' in answer) return answer.found;
  if (dialect.isThere(answer)) return find();
  if (dialect.isEmpty(answer)) return null;
  if (answer.status !== 201) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, dialect.readPull);
}

/** Sends it once; where the answer is lost and it is there all the same, that is what was found. */
async function sendOrFind(
  send: () => Promise<HttpAnswer>,
  find: () => Promise<Pull | null>,
): Promise<HttpAnswer | { found: Pull }> {
  let answer: HttpAnswer | null = null;
  let fault: unknown;
  try {
    answer = await send();
    if (answer.status < 500) return answer;
  } catch (error) {
    if (!(error instanceof HttpFault && error.maybeSent)) throw error;
    fault = error;
  }
  const found = await find();
  if (found !== null) return { found };
  if (answer === null) throw fault;
  return answer;
}

/** A pull request as it is now. Its base can be changed at any time, its head cannot. */
export function fetchPull(
  forge: Forge,
  number: number,
  { to, readPull }: Pick<Branches, 'to'> & Pick<PullDialect, 'readPull'>,
): Promise<Pull> {
  const call = {
    purpose: `read #${number} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/pulls/${number}`,
  };
  return forge.api.read(call, (body) => {
    const base = body.field('base').field('ref').text();
    return { ...readPull(body), ...(base === to ? {} : { elsewhere: base }) };
  });
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
