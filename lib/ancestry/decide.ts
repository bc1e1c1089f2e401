import { countOf } from '../count.ts';
import type { Relation } from '../forge/forge.ts';
import { shortSha } from '../sha.ts';

/** What one witness says the tag serves now: a platform's label, an index annotation, or the option. */
export interface Witness {
  /** `ghcr.io/o/app:latest linux/arm64`, or `--current`. */
  name: string;
  /** Null: it carries no revision. */
  revision: string | null;
}

export type AncestryDecision =
  | 'ahead'
  | 'identical'
  | 'absent'
  | 'unlabelled'
  | 'overridden'
  | 'behind'
  | 'diverged'
  | 'disagree'
  | 'unknown';

export interface AncestryFacts {
  candidate: string;
  witnesses: readonly Witness[];
  /** The relation of the candidate to each revision that a witness names. */
  relations: ReadonlyMap<string, Relation>;
  onUnlabelled: 'allow' | 'refuse';
}

export interface AncestryAnswer {
  decision: AncestryDecision;
  exit: 0 | 1 | 3;
  reason: string;
  /** The revisions served now, each once. */
  current: string[];
  aheadBy: number | null;
  behindBy: number | null;
}

/**
 * May the candidate take the place of what is served now? No witness at all means that there is nothing there yet,
 * which the caller must have proved.
 */
export function decideAncestry(facts: AncestryFacts): AncestryAnswer {
  const { candidate, witnesses } = facts;
  const current = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const none = { current, aheadBy: null, behindBy: null };
  const name = shortSha(candidate);
  if (witnesses.length === 0) {
    return { ...none, decision: 'absent', exit: 0, reason: `nothing is there yet, so ${name} is the first` };
  }
  if (current.length === 0) {
    const exit = facts.onUnlabelled === 'allow' ? 0 : 1;
    return {
      ...none,
      decision: 'unlabelled',
      exit,
      reason: `what is served now carries no revision label, so ${name} cannot be compared`,
    };
  }
  const relations = current.map((revision) => ({ revision, relation: facts.relations.get(revision) }));
  const lost = relations.find(({ relation }) => relation === undefined || relation.kind === 'unknown');
  if (lost) {
    const why = lost.relation?.why ?? 'it was not asked';
    return {
      ...none,
      decision: 'unknown',
      exit: 3,
      reason: `Cannot tell how ${name} lies to ${shortSha(lost.revision)}: ${why}`,
    };
  }
  if (relations.length > 1) return decideSeveral(name, relations as Known[], none);
  const { revision, relation } = relations[0] as Known;
  const counts = { current, aheadBy: relation.aheadBy, behindBy: relation.behindBy };
  return { ...counts, ...answerOf(relation, name, shortSha(revision)) };
}

interface Known {
  revision: string;
  relation: Relation;
}

type Answer = Pick<AncestryAnswer, 'decision' | 'exit' | 'reason'>;

function answerOf(relation: Relation, candidate: string, current: string): Answer {
  if (relation.kind === 'identical') {
    return { decision: 'identical', exit: 0, reason: `${candidate} is what is served now` };
  }
  if (relation.kind === 'ahead') {
    return {
      decision: 'ahead',
      exit: 0,
      reason: `${candidate} descends from ${current}${countWords(relation.aheadBy)}`,
    };
  }
  if (relation.kind === 'behind') {
    return {
      decision: 'behind',
      exit: 1,
      reason: `${candidate} is older than ${current}, which is served now${countWords(relation.behindBy)}`,
    };
  }
  return {
    decision: 'diverged',
    exit: 1,
    reason: `${candidate} and ${current} each hold commits that the other lacks: history was rewritten, or promoted by squash`,
  };
}

function countWords(count: number | null): string {
  return count === null ? '' : ` (${countOf(count, 'commit')})`;
}

function decideSeveral(
  name: string,
  relations: readonly Known[],
  none: Pick<AncestryAnswer, 'current' | 'aheadBy' | 'behindBy'>,
): AncestryAnswer {
  const list = relations.map(({ revision }) => shortSha(revision)).join(', ');
  const against = relations.find(
    ({ relation }) => relation.kind !== 'ahead' && relation.kind !== 'identical',
  );
  if (!against) {
    return {
      ...none,
      decision: 'ahead',
      exit: 0,
      reason: `${name} descends from each of ${list}, which are served side by side now`,
    };
  }
  return {
    ...none,
    decision: 'disagree',
    exit: 1,
    reason: `what is served now carries ${relations.length} revisions (${list}), and ${name} is ${against.relation.kind} of ${shortSha(against.revision)}`,
  };
}
