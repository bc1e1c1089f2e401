import { CouldNotTell } from '../errors.ts';
import { walkHistory } from '../forge/commits.ts';
import type { Forge, Push } from '../forge/forge.ts';
import { fetchPushes } from '../forge/pushes.ts';
import { shortSha } from '../sha.ts';
import type { PushFact } from './absence.ts';
import { refOf, type GateQuestion } from './question.ts';

const mostCommits = 500;

/**
 * The push that brought the commit: as `--base` says, as the event says, or from the server's record.
 * Throws CouldNotTell where the record cannot be read.
 */
export async function findPush(
  forge: Forge,
  question: Pick<GateQuestion, 'sha' | 'branch' | 'ref' | 'base' | 'eventPush'>,
): Promise<PushFact> {
  const { sha, base, eventPush } = question;
  const ref = refOf(question);
  if (base !== null) {
    const before = /^0+$/.test(base) ? null : base;
    return {
      kind: 'tip',
      push: { ref: ref ?? 'refs/heads/', before, after: sha, byJobToken: false, by: 'unknown' },
    };
  }
  if (eventPush !== null) {
    return { kind: 'tip', push: { ...eventPush, after: sha, byJobToken: false, by: 'the event' } };
  }
  const endsHere = (push: Push): boolean => push.after === sha;
  const { pushes, complete } = await fetchPushes(forge, ref, (found) => found.some(endsHere));
  const [own, ...earlier] = pushes.filter(endsHere);
  if (own) return { kind: 'tip', push: own, earlier };
  const around = await findAround(forge, pushes, sha);
  if (around !== null) return { kind: 'inside', push: around };
  const where = ref === null ? 'any branch' : `"${ref.replace(/^refs\/heads\//, '')}"`;
  return {
    kind: 'unrecorded',
    why: complete
      ? `the record of pushes to ${where} has none that brought it`
      : `the record of pushes to ${where} is too long to read to its end`,
  };
}

/** The push whose range holds the commit: its new tip descends from it, its old tip does not. */
async function findAround(forge: Forge, pushes: readonly Push[], sha: string): Promise<Push | null> {
  // A tag brings no commit but its own.
  const brought = pushes.filter((push) => !push.ref.startsWith('refs/tags/'));
  const newest = brought[0];
  if (newest === undefined) return null;
  const above: string[] = [];
  const end = await walkHistory(forge, newest.after, { most: mostCommits }, (commit) => {
    if (commit.sha === sha) return true;
    above.push(commit.sha);
    return false;
  });
  if (end === 'unknown')
    throw new CouldNotTell(
      `Cannot read the history of ${shortSha(newest.after)} in ${forge.repo}: the server does not know it; give --base SHA`,
    );
  if (end !== 'found') return null;
  const tips = brought
    .filter((push) => above.includes(push.after))
    .sort((a, b) => above.indexOf(b.after) - above.indexOf(a.after));
  for (const push of tips.slice(0, 5)) if (await holds(forge, push, sha)) return push;
  return null;
}

async function holds(forge: Forge, push: Push, sha: string): Promise<boolean> {
  const descends = async (tip: string): Promise<boolean> =>
    (await walkHistory(forge, tip, { most: mostCommits }, (commit) => commit.sha === sha)) === 'found';
  if (!(await descends(push.after))) return false;
  return push.before === null || !(await descends(push.before));
}
