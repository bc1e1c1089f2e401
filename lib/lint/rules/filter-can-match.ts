import { PROFILES } from '../../workflow/profile.ts';
import { PUSH_FILTER_KEYS, type PushFilterKey } from '../../workflow/push-filter.ts';
import { findEntry, findField } from '../../yaml/fields.ts';
import { canFire, listFilterKeys } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

export const filterCanMatch: Rule = {
  id: 'filter-can-match',
  level: 'error',
  profiles: PROFILES,
  demand: 'A filter can be met.',
  why: 'On all forges a path with a leading `/` or `./`, a folder with a trailing `/` and a list of negative patterns alone never match; nor does an empty pattern, which Gitea 1.24 and later make of a filter without a value. On Gitea a key that is no filter of its event is never met, and a negative pattern in `paths-ignore` ignores all that it does not match. Then the event never starts the file.',
  check,
};

function* check(input: FileInput): Iterable<Problem> {
  const { workflow, profile, minor } = input;
  for (const [event, { filters, unknownKeys, node, key }] of workflow.on) {
    if (profile !== 'github' && !canFire(event, profile)) continue;
    const known = listFilterKeys(event);
    if (profile !== 'github' && known && node?.kind === 'map') {
      const names = [...unknownKeys, ...PUSH_FILTER_KEYS.filter((name) => filters[name])];
      for (const name of names.filter((other) => !known.includes(other) && other !== '<<')) {
        const place = findEntry(node, name)?.[0] ?? key;
        const message = `\`on.${event}.${name}\` is no filter of ${event}, so it is never met and ${event} never starts this file; use ${known.join(', ')}`;
        yield { start: place.start, end: place.end, message };
      }
    }
    if (event !== 'push' && !event.startsWith('pull_request')) continue;
    for (const name of PUSH_FILTER_KEYS) {
      const patterns = filters[name];
      if (!patterns || patterns.length === 0) continue;
      const place = findField(node, name) ?? node ?? key;
      if (minor !== null && minor < 24 && patterns.includes('')) continue;
      const problem = judge(name, patterns, input);
      if (problem) {
        yield {
          start: place.start,
          end: place.end,
          message: `\`on.${event}.${name}\`: ${problem.message}`,
          level: problem.level,
        };
      }
    }
  }
}

function judge(
  name: PushFilterKey,
  patterns: readonly string[],
  { profile, project }: FileInput,
): { message: string; level: 'error' | 'warning' } | null {
  const ignores = name.endsWith('-ignore');
  if (ignores) {
    const negative = patterns.find((pattern) => pattern.startsWith('!'));
    if (negative === undefined || profile === 'github') return null;
    return {
      message: `"${negative}" ignores every path that it does not match, so hardly any push runs; use \`paths\` with "!" for what to leave out`,
      level: 'error',
    };
  }
  if (patterns.every((pattern) => pattern.startsWith('!'))) {
    return {
      message:
        'there are negative patterns only, so nothing matches and the event never starts this file; put "**" before them',
      level: 'error',
    };
  }
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'));
  const dead = positive.filter(
    (pattern) =>
      pattern === '' ||
      (name === 'paths' && isDeadPath(pattern, (path) => project.kindOf(path) === 'folder')),
  );
  if (dead.length === 0) return null;
  const all = dead.length === positive.length;
  const mend =
    dead[0] === ''
      ? 'give it a value'
      : `write "${(dead[0] ?? '').replace(/^\.?\//, '').replace(/\/?$/, '')}${/\/$/.test(dead[0] ?? '') || !/[*.]/.test(dead[0] ?? '') ? '/**' : ''}"`;
  return {
    message: `"${dead[0]}" matches no path${all ? ', so the event never starts this file' : ''}; ${mend}`,
    level: all ? 'error' : 'warning',
  };
}

function isDeadPath(pattern: string, isFolder: (path: string) => boolean): boolean {
  return /^\.?\//.test(pattern) || pattern.endsWith('/') || (!/[*?+[\\]/.test(pattern) && isFolder(pattern));
}
