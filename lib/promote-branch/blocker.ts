import { cutWords } from '../http-words.ts';
import type { OpenChecks, Pull } from './ports.ts';

export type BlockerKind =
  'check' | 'review' | 'conversation' | 'behind' | 'queue' | 'draft' | 'conflict' | 'mergeability' | 'other';

/** What keeps a pull request from being merged, with the server's words. */
export interface Blocker {
  kind: BlockerKind;
  words: string;
}

const rules: readonly (readonly [BlockerKind, RegExp])[] = [
  ['queue', /merge queue/i],
  ['draft', /\bdraft\b|work in progress/i],
  ['conversation', /conversation/i],
  ['review', /review(?!.*try the merge again)|approv|requested changes/i],
  ['check', /status check|required check|checks? (?:have|has|are|is|not)/i],
  ['behind', /out of date|behind/i],
  ['conflict', /conflict|not mergeable|not a fast.?forward|diverg/i],
];

/**
 * Which blocker a refused merge names. GitHub answers 405 with one sentence a rule, Gitea 405
 * `not allowed to merge [reason: …]`; what is not known is `other`, and ends the wait with its own words.
 */
export function classifyRefusal(words: string): Blocker {
  const rule = rules.find(([, pattern]) => pattern.test(words));
  return { kind: rule?.[0] ?? 'other', words: cutWords(words) };
}

/** Is it a refusal that passes by itself? GitHub's 405 while another merge moves the base; Gitea's lost races. */
export function isPassing(words: string): boolean {
  return /base branch was modified|push ?out ?of ?date|cannot lock ref|failed to update ref/i.test(words);
}

/** May this blocker go away while we wait? */
export function mayLift(blocker: Blocker): boolean {
  return ['check', 'review', 'conversation', 'queue', 'mergeability'].includes(blocker.kind);
}

/** What the pull request itself shows to be in the way, before any merge is tried. */
export function findBlocker(pull: Pull): Blocker | null {
  if (pull.draft) return { kind: 'draft', words: 'it is a draft' };
  if (pull.mergeable === 'no') return { kind: 'conflict', words: 'it conflicts with its base' };
  if (pull.queued) return { kind: 'queue', words: 'it stands in the merge queue' };
  if (pull.mergeable === 'unknown')
    return { kind: 'mergeability', words: 'the server has not found out yet whether it merges' };
  if (pull.mergeable === 'doubt')
    return {
      kind: 'mergeability',
      words: 'the server says it does not merge: a conflict, unless it is still looking',
    };
  return null;
}

/** How a wait that is over ends: `blocked` where nothing is on its way that could lift it. */
export function decideEnd(
  blocker: Blocker,
  pull: Pull,
  checks: OpenChecks | null,
): { decision: 'blocked' | 'timed-out'; reason: string } {
  if (blocker.kind === 'review' || blocker.kind === 'conversation')
    return { decision: 'blocked', reason: `${blocker.kind}: ${blocker.words}` };
  if (blocker.kind === 'mergeability' && pull.mergeable === 'doubt')
    return { decision: 'blocked', reason: `conflict: ${blocker.words}` };
  if (blocker.kind === 'check' && checks !== null) {
    const { failed, missing, pending } = checks;
    const parts = [
      failed.length > 0 ? `failed check ${list(failed)}` : '',
      missing.length > 0 ? `missing check ${list(missing)}, which nothing has reported` : '',
      pending.length > 0 ? `check ${list(pending)}, still pending` : '',
    ].filter(Boolean);
    const isMoving = pending.length > 0 && failed.length === 0 && missing.length === 0;
    if (parts.length > 0)
      return {
        decision: isMoving ? 'timed-out' : 'blocked',
        reason: `${parts.join('; ')} (${blocker.words})`,
      };
  }
  return { decision: 'timed-out', reason: `${blocker.kind}: ${blocker.words}` };
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
