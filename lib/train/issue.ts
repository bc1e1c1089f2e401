import { CouldNotTell } from '../errors.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import type { HopState } from './hop.ts';

interface TrainIssue {
  number: number;
  isOpen: boolean;
  body: string;
  title: string;
}

const mostPages = 20;

/** What marks the issue of one train, whatever its title has become. */
export function markerOf(repo: string, branches: readonly string[]): string {
  return `<!-- switchyard train-status ${repo} ${branches.join(' ')} -->`;
}

/** What is to be done with the train's issue. Unknown closes nothing and opens nothing: it is no recovery. */
export function decideIssue(
  decision: HopState,
  issue: { isOpen: boolean } | null,
): 'open' | 'update' | 'close' | 'nothing' {
  if (decision === 'stalled') return issue === null ? 'open' : 'update';
  if (issue === null || !issue.isOpen) return 'nothing';
  return decision === 'unknown' ? 'update' : 'close';
}

/** Keeps one issue for the train: opened when it is stuck, updated in place, closed when all has arrived. */
export async function keepIssue(
  forge: Forge,
  {
    marker,
    title,
    body,
    decision,
    dryRun,
  }: { marker: string; title: string; body: string; decision: HopState; dryRun: boolean },
): Promise<{ number: number | null; done: string }> {
  const issue = await findIssue(forge, marker);
  const step = decideIssue(decision, issue);
  const text = `${marker}\n${body}`;
  const number = issue?.number ?? null;
  if (dryRun) return { number, done: step === 'nothing' ? 'nothing to do' : `dry run: would ${step} it` };
  if (step === 'nothing') return { number, done: 'nothing to do' };
  if (step === 'open') return { number: await openIssue(forge, { marker, title, text }), done: 'opened' };
  const known = issue as TrainIssue;
  const state = step === 'close' ? 'closed' : 'open';
  const isSame =
    withoutTime(known.body) === withoutTime(text) &&
    known.title === title &&
    step === 'update' &&
    known.isOpen;
  if (isSame) return { number, done: 'is as it should be' };
  await writeIssue(forge, known.number, { title, body: text, state });
  return { number, done: step === 'close' ? 'closed' : 'updated' };
}

/** What changes with every look is no change. */
function withoutTime(body: string): string {
  return body
    .replace(/\r\n/g, '\n')
    .replace(/Looked at [^\n]*|\d+ (?:d|h|min|s)\b/g, '')
    .trim();
}

async function openIssue(
  forge: Forge,
  { marker, title, text }: { marker: string; title: string; text: string },
): Promise<number> {
  const purpose = `open an issue in ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/issues`;
  const own = await settle(
    async () => {
      const answer = await forge.api.call({ purpose, method: 'POST', path, body: { title, body: text } });
      if (answer.status !== 201) throw forge.api.refuse(answer, purpose);
      return forge.api.decode(answer, purpose, (body) => body.field('number').count());
    },
    async () => (await findIssue(forge, marker))?.number ?? null,
  );
  // Two looks at one time open two: the older one stays.
  const first = await findIssue(forge, marker);
  if (first === null || first.number >= own) return own;
  await writeIssue(forge, own, { state: 'closed', title, body: `The same as #${first.number}.` });
  return first.number;
}

/** A write whose answer is lost or no use may be done all the same: what is there now says so. */
async function settle<T>(write: () => Promise<T>, look: () => Promise<T | null>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    const found = await look().catch(() => null);
    if (found === null) throw error;
    return found;
  }
}

async function writeIssue(
  forge: Forge,
  number: number,
  fields: { title: string; body: string; state: 'open' | 'closed' },
): Promise<void> {
  const purpose = `update issue #${number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/issues/${number}`;
  const answer = await forge.api.call({ purpose, method: 'PATCH', path, body: fields });
  if (answer.status !== 200 && answer.status !== 201) throw forge.api.refuse(answer, purpose);
}

/** The oldest open issue with the marker, else the oldest closed one. */
async function findIssue(forge: Forge, marker: string): Promise<TrainIssue | null> {
  for (const state of ['open', 'closed'] as const) {
    const found = await listMarked(forge, marker, state);
    if (found !== null) return found;
  }
  return null;
}

async function listMarked(
  forge: Forge,
  marker: string,
  state: 'open' | 'closed',
): Promise<TrainIssue | null> {
  const isGitHub = forge.kind === 'github';
  const size = isGitHub ? 100 : 50;
  const filter: Record<string, string | number> = isGitHub
    ? { per_page: size }
    : { limit: size, type: 'issues' };
  let oldest: TrainIssue | null = null;
  for (let page = 1; page <= mostPages; page++) {
    const paging: Record<string, number> = page === 1 ? {} : { page };
    const rows = await forge.api.read(
      {
        purpose: `read the issues of ${forge.repo}`,
        path: `${repoPath(forge.repo)}/issues`,
        query: { state, ...filter, ...paging },
      },
      (body) =>
        body.list().map((row) => ({
          number: row.field('number').count(),
          isOpen: row.field('state').text() === 'open',
          title: row.field('title').text(),
          body: row.optional('pull_request') === null ? (row.optional('body')?.text() ?? '') : '',
        })),
    );
    for (const row of rows)
      if (row.body.includes(marker) && (oldest === null || row.number < oldest.number)) oldest = row;
    if (rows.length === 0 || (isGitHub && rows.length < size)) break;
    if (state === 'closed' && oldest !== null) break;
  }
  return oldest;
}
