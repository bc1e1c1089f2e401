import { PROFILES } from '../../workflow/profile.ts';
import { findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

export const cronFires: Rule = {
  id: 'cron-fires',
  level: 'error',
  profiles: PROFILES,
  demand: 'A cron line is understood, and names a day that exists.',
  why: 'Gitea and Forgejo pass over a cron line that they cannot read, without a word; they take five fields, or @daily and its like. So they do a schedule without `cron`. A date like 30 February never comes, on any forge. (A wrong line on GitHub is an error that it shows.)',
  check,
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');
const fields = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: months },
  { name: 'weekday', least: 0, most: 6, words: days },
];

function* check({ workflow, profile }: FileInput): Iterable<Problem> {
  const trigger = workflow.on.get('schedule');
  const schedule = lookThrough(trigger?.node ?? undefined);
  if (trigger && profile !== 'github') yield* findUntimed(trigger.key, schedule);
  for (const item of schedule?.kind === 'seq' ? schedule.items : []) {
    const cron = lookThrough(findField(item, 'cron'));
    if (cron?.kind !== 'scalar') continue;
    const { problem, isDate } = judgeCron(cron.value);
    if (problem === null || (profile === 'github' && !isDate)) continue;
    const message = `the cron line "${cron.value}" never fires: ${problem}; mend it`;
    yield { start: cron.start, end: cron.end, message };
  }
}

/** A schedule that has no list, or an item that has no time: nothing is registered, and nothing says so. */
function* findUntimed(key: YamlNode, schedule: YamlNode | undefined): Iterable<Problem> {
  const isList = schedule?.kind === 'seq' && schedule.items.length > 0;
  const untimed = isList ? schedule.items.filter((item) => !findField(item, 'cron')) : [key];
  for (const { start, end } of untimed) {
    const message = `this schedule has no \`cron\`, so it never fires; write \`schedule: [{cron: '0 4 * * *'}]\``;
    yield { start, end, message };
  }
}

function judgeCron(line: string): { problem: string | null; isDate: boolean } {
  const text = line.trim().replace(/^(CRON_)?TZ=\S+\s+/, '');
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text))
    return { problem: null, isDate: false };
  if (/^@every \S+$/.test(text)) return { problem: null, isDate: false };
  const parts = text.split(/\s+/);
  if (parts.length !== 5)
    return { problem: `it has ${parts.length} fields where five must be`, isDate: false };
  const sets: (Set<number> | null)[] = [];
  for (const [index, field] of fields.entries()) {
    const values = readField(parts[index] ?? '', field);
    if (values === 'wrong') return { problem: `"${parts[index]}" is no ${field.name}`, isDate: false };
    sets.push(values);
  }
  const [, , day, month, weekday] = sets;
  const isDated = day && month && !weekday;
  const exists = !isDated || [...day].some((date) => [...month].some((one) => date <= daysOf(one)));
  return { problem: exists ? null : 'there is no such day', isDate: true };
}

function daysOf(month: number): number {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The values of a field; null for any. */
function readField(
  text: string,
  { least, most, words }: (typeof fields)[number],
): Set<number> | null | 'wrong' {
  if (text === '*' || text === '?') return null;
  const values = new Set<number>();
  const read = (part: string): number => {
    const word = words.indexOf(part.toLowerCase() as never);
    return word >= 0 ? word + least : /^\d+$/.test(part) ? Number(part) : Number.NaN;
  };
  for (const item of text.split(',')) {
    const match = /^(\*|\?|[A-Za-z]+|\d+)(?:-([A-Za-z]+|\d+))?(?:\/(\d+))?$/.exec(item);
    if (!match) return 'wrong';
    const [, first = '', second, step] = match;
    const isAny = first === '*' || first === '?';
    const from = isAny ? least : read(first);
    const to = isAny || (second === undefined && step !== undefined) ? most : read(second ?? first);
    if (!(from >= least && to <= most && from <= to) || step === '0') return 'wrong';
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}
