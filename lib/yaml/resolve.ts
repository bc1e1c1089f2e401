import type { YamlNode } from './node.ts';

/** A value as Go has it once decoded: an integer is a bigint, a float a number. */
export type GoValue = string | boolean | number | bigint | null | GoTime | GoValue[] | Map<string, GoValue>;

/** A timestamp, with the text that Go prints for it. */
export interface GoTime {
  printed: string;
}

/** A scalar that contradicts its own tag: the servers then give up on the whole text. */
export class TagMismatch extends Error {
  override readonly name = 'TagMismatch';
}

const words = new Map<string, boolean | number | null>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

/**
 * What a scalar means to go-yaml v3 (`resolve.go`): YAML 1.1 with `on`, `yes`, `no` as texts, octals
 * as `0777` and `0o777`, no base 60. Throws TagMismatch.
 */
export function resolveScalar(node: YamlNode): Exclude<GoValue, GoValue[] | Map<string, GoValue>> {
  const { tag, style } = node;
  const value = textOf(node);
  if (tag === '' ? style !== 'plain' || value === '<<' : !resolvableTags.has(tag)) return value;
  const found = resolvePlain(value, tag === '' || tag === '!!timestamp');
  if (tag === '' || tag === tagOfValue(found)) return found;
  if (tag === '!!float' && typeof found === 'bigint') return Number(found);
  throw new TagMismatch(`"${value}" is no ${tag.slice(2)}, although its tag says so`);
}

/** The text that Go fills a string with: of `!!binary` what it packs. */
export function textOf({ value, tag }: YamlNode): string {
  return tag === '!!binary' ? Buffer.from(value, 'base64').toString('utf8') : value;
}

const resolvableTags = new Set(['!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

/** The node that an alias stands for, or the node itself. */
export function lookThrough(node: YamlNode): YamlNode;
export function lookThrough(node: YamlNode | null | undefined): YamlNode | undefined;
export function lookThrough(node: YamlNode | null | undefined): YamlNode | undefined {
  return node?.target ?? node ?? undefined;
}

/** The short tag of a node, given or found. */
export function tagOf(node: YamlNode): string {
  if (node.tag !== '') return node.tag;
  if (node.kind === 'map') return '!!map';
  if (node.kind === 'seq') return '!!seq';
  if (node.kind === 'alias') return node.target ? tagOf(node.target) : '';
  if (node.style !== 'plain') return '!!str';
  return node.value === '<<' ? '!!merge' : tagOfValue(resolvePlain(node.value, true));
}

/** Whether a node is a null: empty, `~` or `null`. */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && tagOf(node) === '!!null';
}

/** Whether a key is the merge key `<<`. */
export function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === '<<' && tagOf(node) === '!!merge';
}

function tagOfValue(value: unknown): string {
  if (value === null) return '!!null';
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'bigint') return '!!int';
  if (typeof value === 'number') return '!!float';
  return typeof value === 'string' ? '!!str' : '!!timestamp';
}

function resolvePlain(text: string, mayBeTime: boolean): string | boolean | number | bigint | null | GoTime {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return /^\.\d+([eE][-+]?\d+)?$/.test(text) ? finiteOr(text, text) : text;
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  if (!isNumeric) return text;
  const time = mayBeTime ? readTime(text) : null;
  if (time) return time;
  const plain = text.replaceAll('_', '');
  const integer = readInteger(plain);
  if (integer !== null) return integer;
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain) ? finiteOr(plain, text) : text;
}

function finiteOr(digits: string, text: string): number | string {
  const number = Number(digits);
  return Number.isFinite(number) ? number : text;
}

function readInteger(text: string): bigint | null {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text);
  const digits = match?.[2];
  // No 64-bit number has more digits, and a BigInt of a megabyte of them takes its time.
  if (digits === undefined || digits.length > 70) return null;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = match?.[1] === '-' ? -magnitude : magnitude;
  if (value < -(2n ** 63n)) return null;
  return value < 2n ** 63n || (match?.[1] === '' && value < 2n ** 64n) ? value : null;
}

const timeForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;

function readTime(text: string): GoTime | null {
  const match = timeForm.exec(text);
  if (!match) return null;
  const [
    ,
    year = '',
    month = '',
    day = '',
    sign,
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone,
  ] = match;
  // With a T the zone is needed, with a space there must be none.
  if (sign !== undefined && (sign === ' ') !== (zone === undefined)) return null;
  const days = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate();
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const two = (part: string): string => part.padStart(2, '0');
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${digits === '' ? '' : `.${digits}`}`;
  const offset = zone === undefined || zone === 'Z' ? '+0000' : zone.replace(':', '');
  return {
    printed: `${year}-${two(month)}-${two(day)} ${clock} ${offset} ${offset === '+0000' ? 'UTC' : offset}`,
  };
}
