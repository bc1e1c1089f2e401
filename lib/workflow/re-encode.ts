import { findField } from '../yaml/fields.ts';
import { makeNode, type YamlNode } from '../yaml/node.ts';
import { isMergeKey, lookThrough } from '../yaml/resolve.ts';
import { type Misfit } from './go-decode.ts';

/**
 * What does not survive the way in which the server writes a job out as YAML and reads it again
 * (act's `SetJob`, twice: once with and once without `needs`).
 *
 * - A key that the server keeps as it stands is written with its aliases, so their anchors must
 *   come before them in the same job, in the order in which the server writes the keys.
 * - go-yaml v3 announces four columns of indentation for a text that begins with a blank, but inside
 *   a list writes two: what follows the announced text is then no YAML.
 */
export function findEncodingFaults(job: YamlNode, path: string, minor: number): Misfit[] {
  const walk = new Walk();
  const raw = (owner: YamlNode, key: string, where: string, place: Place): void => {
    const node = findField(owner, key);
    if (node) walk.node(node, `${where}.${key}`, place);
  };
  // The second time `needs` is gone, and with it the anchors inside.
  raw(job, 'needs', path, jobLevel);
  walk.anchors.clear();
  walk.times = 2;

  const decoded = (owner: YamlNode, keys: readonly string[], where: string, place: Place): void => {
    for (const key of keys) {
      const node = findField(owner, key);
      if (node) walk.values(node, `${where}.${key}`, place);
    }
  };
  decoded(job, ['name'], path, jobLevel);
  raw(job, 'env', path, jobLevel);
  raw(job, 'if', path, jobLevel);
  under(findField(job, 'steps')).items.forEach((item, index) => {
    const step = lookThrough(item);
    const where = `${path}.steps[${index}]`;
    decoded(step, stepKeys, where, stepLevel);
    raw(step, 'if', where, stepLevel);
    raw(step, 'env', where, stepLevel);
  });
  decoded(job, ['timeout-minutes'], path, jobLevel);
  const services = under(findField(job, 'services'));
  for (let at = 0; at < services.items.length; at += 2) {
    const name = `${path}.services.${services.items[at]?.value}`;
    decoded(under(services.items[at + 1]), serviceKeys, name, { column: 12, inList: false });
  }
  decoded(under(findField(job, 'strategy')), ['fail-fast', 'max-parallel'], `${path}.strategy`, jobLevel);
  raw(job, 'container', path, jobLevel);
  decoded(job, ['outputs', 'uses', 'with'], path, jobLevel);
  raw(job, 'secrets', path, jobLevel);
  if (minor >= 24) decoded(job, ['concurrency'], path, jobLevel);
  if (minor >= 25) raw(job, 'permissions', path, jobLevel);
  return walk.misfits;
}

/** The column of the enclosing collection where a value is written, and whether that is a list. */
interface Place {
  column: number;
  inList: boolean;
}

const jobLevel: Place = { column: 4, inList: false };
/** `steps:` stands at 4, its items at 8, their keys at 10. */
const stepLevel: Place = { column: 10, inList: false };
const stepKeys = ['id', 'name', 'uses', 'run', 'working-directory', 'shell', 'with', 'timeout-minutes'];
const serviceKeys = ['image', 'env', 'ports', 'volumes', 'options', 'credentials', 'cmd'];

class Walk {
  readonly misfits: Misfit[] = [];
  readonly anchors = new Set<string>();
  /** How often what follows is written. */
  times = 1;

  /** A node that is written as it stands. */
  node(node: YamlNode, path: string, place: Place): void {
    if (node.kind === 'alias') {
      if (this.anchors.has(node.value)) return;
      const problem = `the alias *${node.value} stands in another job than its anchor, or is written before it`;
      this.misfits.push({ rule: 'no-alias-across-jobs', node, path, problem });
      return;
    }
    if (node.anchor !== '') this.anchors.add(node.anchor);
    if (node.kind === 'scalar') {
      const isBlock = node.style === 'literal' || node.style === 'folded';
      if (isBlock || node.style === 'plain') this.text(node, path, place, isBlock);
      return;
    }
    const inner = node.flow ? inFlow : enter(place, node.kind === 'seq');
    node.items.forEach((item, index) => this.node(item, childPath(node, path, index), inner));
  }

  /** A node that was decoded, so that aliases and quotes are gone. */
  values(node: YamlNode, path: string, place: Place, depth = 0): void {
    const target = lookThrough(node);
    if (depth > 50) return;
    if (target.kind === 'scalar') return this.text(target, path, place, false);
    const inner = enter(place, target.kind === 'seq');
    target.items.forEach((item, index) => {
      const isKey = target.kind === 'map' && index % 2 === 0;
      if (isKey || (target.kind === 'map' && isMergeKey(target.items[index - 1] as YamlNode))) return;
      this.values(item, childPath(target, path, index), inner, depth + 1);
    });
  }

  /** Without quotes, a text is written as a block if it was one, or has several lines. */
  private text(
    { value, ...node }: YamlNode,
    path: string,
    { column, inList }: Place,
    wasBlock: boolean,
  ): void {
    if (column < 0) return;
    const shift = inList || column % 4 !== 0 ? 2 : 0;
    if (!breaksWhenWritten(value, this.times, { wasBlock, shift })) return;
    const problem = 'it has several lines and begins with a blank';
    this.misfits.push({ rule: 'no-leading-blank-in-block', node: { value, ...node }, path, problem });
  }
}

/** Inside `{}` and `[]` texts are written in quotes. */
const inFlow: Place = { column: -1, inList: false };

function enter({ column, inList }: Place, isList: boolean): Place {
  if (column < 0) return inFlow;
  return { column: inList ? column + 2 : 4 * Math.floor((column + 4) / 4), inList: isList };
}

/** The emitter's own test; what fails it is written in double quotes, which is safe. */
function mayBeBlock(value: string): boolean {
  if (value === '' || value.endsWith(' ') || / [\n\r\u2028\u2029]/.test(value)) return false;
  return !/[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
}

/**
 * Whether a text leaves something behind that is no comment when it is written `shift` columns less
 * deep than it announces. Where it does not, it comes back without its first line break and with so
 * many blanks less in each line, and is written again. A text that begins with a tab announces nothing.
 */
function breaksWhenWritten(
  value: string,
  times: number,
  { wasBlock, shift }: { wasBlock: boolean; shift: 0 | 2 },
): boolean {
  if (times === 0 || !(wasBlock || value.includes('\n')) || !mayBeBlock(value)) return false;
  if (value.startsWith('\t')) return true;
  if (!/^[ \n]/.test(value)) return false;
  const lines = value.replace(/^\n/, '').split('\n');
  const short = shift === 0 ? -1 : lines.findIndex((line) => line !== '' && !line.startsWith('  '));
  const rest = short < 0 ? [] : lines.slice(short);
  if (/^ ?\t/.test(rest[0] ?? '') || rest.some((line) => !/^\s*(#|$)/.test(line))) return true;
  const kept = lines.slice(0, short < 0 ? undefined : short).map((line) => line.slice(shift));
  const next = kept.join('\n');
  const ended = short < 0 ? next : value.endsWith('\n') ? `${next}\n` : next.replace(/\n+$/, '');
  return breaksWhenWritten(ended, times - 1, { wasBlock, shift });
}

function childPath(node: YamlNode, path: string, index: number): string {
  if (node.kind === 'seq') return `${path}[${index}]`;
  return `${path}.${node.items[index - (index % 2)]?.value ?? ''}`;
}

const nothing = makeNode('scalar', 0, 0);

/** What stands under a key, looked through; an empty node where nothing does. */
function under(node: YamlNode | undefined): YamlNode {
  return lookThrough(node) ?? nothing;
}
