import { PROFILES } from '../../workflow/profile.ts';
import { PUSH_FILTER_KEYS, type PushFilterKey } from '../../workflow/push-filter.ts';
import { findEntry, findField } from '../../yaml/fields.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import { canFire, listFilterKeys, placeOf } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

export const filterCanMatch: Rule = {
  id: 'filter-can-match',
  level: 'error',
  profiles: PROFILES,
  demand: 'A filter can be met.',
  why: 'On all forges a path with a leading `/` or `./`, a folder with a trailing `/`, a branch or tag that git would not take or that is written with `refs/heads/` or `refs/tags/`, and a list of negative patterns alone never match; nor do braces (`{a,b}`), and an empty pattern, which Gitea 1.24 and later make of a filter without a value. On Gitea a key that is no filter of its event is never met, and a negative pattern in `paths-ignore` ignores all that it does not match. Then the event never starts the file.',
  check,
};

function* check(input: FileInput): Iterable<Problem> {
  const { workflow, profile, faults } = input;
  for (const [event, trigger] of workflow.on) {
    const { filters, types, unknownKeys, node, key } = trigger;
    if (profile !== 'github' && !canFire(event, profile)) continue;
    const known = listFilterKeys(event);
    if (profile !== 'github' && known && lookThrough(node)?.kind === 'map') {
      const names = [
        ...unknownKeys,
        ...(types ? ['types'] : []),
        ...PUSH_FILTER_KEYS.filter((name) => filters[name]),
      ];
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
      if (
        faults.some(({ rule, path }) => rule === 'no-null-filter' && path.startsWith(`on.${event}.${name}`))
      )
        continue;
      for (const { pattern, message, level } of judge(name, patterns, input)) {
        const place =
          pattern === undefined ? (findField(node, name) ?? key) : placeOf(trigger, name, pattern);
        yield { start: place.start, end: place.end, message: `\`on.${event}.${name}\`: ${message}`, level };
      }
    }
  }
}

interface Fault {
  /** The pattern that is at fault; none where the whole list is. */
  pattern?: string;
  message: string;
  level: 'error' | 'warning';
}

function judge(name: PushFilterKey, patterns: readonly string[], { profile, project }: FileInput): Fault[] {
  if (name.endsWith('-ignore')) {
    const idle = patterns.filter(hasBraces).map((pattern): Fault => {
      const message = `"${pattern}" ignores nothing: braces are no pattern; write one for each`;
      return { pattern, message, level: 'warning' };
    });
    const pattern = patterns.find((one) => one.startsWith('!'));
    if (pattern === undefined || profile === 'github') return idle;
    const message = `"${pattern}" ignores every path that it does not match, so hardly any push runs; use \`paths\` with "!" for what to leave out`;
    return [...idle, { pattern, message, level: 'error' }];
  }
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'));
  if (positive.length === 0) {
    const message =
      'there are negative patterns only, so nothing matches and the event never starts this file; put "**" before them';
    return [{ message, level: 'error' }];
  }
  const isPath = name === 'paths';
  const isFolder = (path: string): boolean => project.kindOf(path) === 'folder';
  const dead = positive.filter(
    (pattern) =>
      pattern === '' || hasBraces(pattern) || (isPath ? isDeadPath(pattern, isFolder) : isDeadName(pattern)),
  );
  const all = dead.length === positive.length;
  const effect = all ? ', so the event never starts this file' : '';
  return dead.map((pattern) => ({
    pattern,
    message: `"${pattern}" matches no ${isPath ? 'path' : 'name'}${effect}; ${mendFor(pattern, isPath)}`,
    level: all ? 'error' : 'warning',
  }));
}

function mendFor(pattern: string, isPath: boolean): string {
  if (pattern === '') return 'give it a value';
  if (hasBraces(pattern)) return 'braces are no pattern: write one for each';
  if (!isPath) {
    const name = pattern
      .trim()
      .replace(/^\/*(refs\/(heads|tags)\/)?/, '')
      .replace(/\/+$/, '');
    return name === '' || isDeadName(name) ? 'write a name that git takes' : `write "${name}"`;
  }
  if (/(^|\/)\.\.?(\/|$)|\/\//.test(pattern.replace(/^\.?\//, '')))
    return 'write it from the root, without ".", ".." and "//"';
  const path = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return `write "${path}${pattern.endsWith('/') || !/[*.]/.test(path) ? '/**' : ''}"`;
}

/** `{a,b}` is a choice to a shell; to a forge it is a name with braces in it. */
function hasBraces(pattern: string): boolean {
  return /\{[^{},]*,[^{}]*\}/.test(pattern);
}

function isDeadPath(pattern: string, isFolder: (path: string) => boolean): boolean {
  return /(^|\/)\.{0,2}(\/|$)/.test(pattern) || (!/[*?+[\\]/.test(pattern) && isFolder(pattern));
}

/** No branch and no tag has such a name (git check-ref-format); those of both are short here, without `refs/`. */
function isDeadName(pattern: string): boolean {
  return /^\/|\/\/|\/$|\.\.|@\{|[\s~^:]|^refs\/(heads|tags)\//.test(pattern);
}
