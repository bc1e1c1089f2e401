import { compilePattern as compileForGitea } from './patterns-gitea.ts';
import { compilePattern as compileForGitHub } from './patterns-github.ts';
import { giteaMinor, type Profile } from './profile.ts';

/** The keys that filter `on.push`, in the order in which a failing one is named. */
export const PUSH_FILTER_KEYS = [
  'branches',
  'branches-ignore',
  'tags',
  'tags-ignore',
  'paths',
  'paths-ignore',
] as const;

export type PushFilterKey = (typeof PUSH_FILTER_KEYS)[number];

/** The filters under `on.push`; `unknownKeys` are keys beside them that are no filter. */
export interface PushFilters extends Partial<Record<PushFilterKey, readonly string[]>> {
  unknownKeys?: readonly string[];
}

export interface Push {
  /** `refs/heads/NAME` or `refs/tags/NAME`. */
  ref: string;
  /** The paths that changed; null where the list is not known, or not known to be complete. */
  changed: readonly string[] | null;
}

export type PushDecision =
  | { due: true }
  | { due: false; by: 'event' | 'branches' | 'tags' | 'paths' | 'pattern'; why: string }
  | { due: 'unknown'; why: string };

/**
 * Whether a push starts a workflow that names push in these ways; none: its `on:` has no push. A server that takes an
 * event for each key runs it where any of two that are called push does.
 */
export function decidePush(ways: readonly PushFilters[], push: Push, rules: Profile | 'gitea'): PushDecision {
  const decisions = (ways.length > 0 ? ways : [null]).map((filters) =>
    decidePushFilter(filters, push, rules),
  );
  return (
    decisions.find(({ due }) => due === true) ??
    decisions.find(({ due }) => due === 'unknown') ??
    (decisions[0] as PushDecision)
  );
}

type Refusal = Extract<PushDecision, { due: false }>;
type Answer = 'met' | 'unknown' | Refusal;

/**
 * Whether a push starts a workflow with these filters (null: its `on:` has no push). `gitea` means
 * the oldest Gitea. What the changed paths alone decide is `unknown` while they are not known.
 *
 * Gitea counts the filters that hold and compares with how many there are (`matchPushEvent` in
 * modules/actions/workflows.go, 1.22 to 1.25), so a key that is no filter can never be met.
 */
export function decidePushFilter(
  filters: PushFilters | null,
  push: Push,
  rules: Profile | 'gitea',
): PushDecision {
  if (!filters) return { due: false, by: 'event', why: 'its `on:` does not name push' };
  const profile = rules === 'gitea' ? 'gitea-1.22' : rules;
  const unknownKey = filters.unknownKeys?.[0];
  if (unknownKey !== undefined && profile !== 'github') {
    return {
      due: false,
      by: 'event',
      why: `\`${unknownKey}\` under \`push\` is no filter, so it is never met`,
    };
  }
  const keys = PUSH_FILTER_KEYS.filter((key) => filters[key] !== undefined);
  const answers = keys.map((key) => answerFilter(key, filters[key] ?? [], push, profile));
  const hasBranches = keys.some((key) => key.startsWith('branches'));
  const hasTags = keys.some((key) => key.startsWith('tags'));
  // With filters for branches and for tags, one of the two suffices.
  const needed = keys.length - (hasBranches && hasTags ? 1 : 0);
  const met = answers.filter((answer) => answer === 'met').length;
  if (met === needed) return { due: true };
  const open = answers.filter((answer) => answer === 'unknown').length;
  if (met + open === needed) {
    return { due: 'unknown', why: 'its path filters need the list of changed files, which is not known' };
  }
  const refusals = answers.filter((answer): answer is Refusal => typeof answer === 'object');
  const isTag = push.ref.startsWith('refs/tags/');
  const other = isTag ? 'branches' : 'tags';
  // The filter for the other kind of ref is no reason while one for this kind exists.
  return (
    refusals.find((refusal) => refusal.by !== other) ??
    refusals[0] ?? { due: false, by: 'paths', why: 'its filters exclude this push' }
  );
}

function answerFilter(key: PushFilterKey, patterns: readonly string[], push: Push, profile: Profile): Answer {
  const kind = key.startsWith('branches') ? 'branches' : key.startsWith('tags') ? 'tags' : 'paths';
  const refuse = (why: string, by: Refusal['by'] = kind): Answer => ({ due: false, by, why });
  const isTag = push.ref.startsWith('refs/tags/');
  if (kind === 'paths' && isTag && !filtersTagsByPath(profile)) return 'met';
  if (kind === 'branches' && isTag) return refuse(`\`${key}\` leaves out tags`);
  if (kind === 'tags' && !isTag) return refuse(`\`${key}\` leaves out branches`);

  const rules = compileAll(patterns, profile);
  if (typeof rules === 'string') {
    return refuse(`pattern "${rules}" in \`${key}\` does not compile, so it never matches`, 'pattern');
  }
  if (rules.length === 0) return 'met';
  const ignores = key.endsWith('-ignore');
  const list = patterns.join(', ');
  if (kind === 'paths') {
    const onlyNegative = !ignores && rules.every(({ negative }) => negative);
    if (push.changed === null && !onlyNegative) return 'unknown';
    const changed = push.changed ?? [];
    const due = ignores
      ? changed.some((path) => !isIgnored(rules, path, profile))
      : changed.some((path) => isMatch(rules, path));
    if (due) return 'met';
    return refuse(
      ignores
        ? `\`${key}\` (${list}) leaves out all that changed`
        : `no changed file matches \`${key}\` (${list})`,
    );
  }
  const name = push.ref.replace(/^refs\/(heads|tags)\//, '');
  if (ignores ? !isIgnored(rules, name, profile) : isMatch(rules, name)) return 'met';
  return refuse(`\`${key}\` (${list}) leaves out ${name}`);
}

/** Gitea looks at the paths of tag pushes up to 1.23; from 1.24 on it does as GitHub does. */
function filtersTagsByPath(profile: Profile): boolean {
  return profile !== 'github' && (giteaMinor(profile) ?? 22) < 24;
}

interface CompiledPattern {
  negative: boolean;
  matches: (text: string) => boolean;
}

/** The compiled patterns, or the first that does not compile. */
function compileAll(patterns: readonly string[], profile: Profile): CompiledPattern[] | string {
  const compile = profile === 'github' ? compileForGitHub : compileForGitea;
  const compiled: CompiledPattern[] = [];
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    const matches = compile(negative ? pattern.slice(1) : pattern);
    if (!matches) return pattern;
    compiled.push({ negative, matches });
  }
  return compiled;
}

/** The last pattern that matches decides. */
function isMatch(rules: readonly CompiledPattern[], text: string): boolean {
  return [...rules].reverse().find(({ matches }) => matches(text))?.negative === false;
}

/**
 * On Gitea a negative entry ignores everything that it does not match; on GitHub it takes back what one before it
 * ignored.
 */
function isIgnored(rules: readonly CompiledPattern[], text: string, profile: Profile): boolean {
  if (profile === 'github') return isMatch(rules, text);
  return rules.some(({ negative, matches }) => matches(text) !== negative);
}
