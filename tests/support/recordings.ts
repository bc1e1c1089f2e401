// Recorded exchanges of real servers, and a comparison that is as strict as two servers' answers allow.
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';

export interface Exchange {
  note: string;
  request: { method: string; path: string; authorization: string | null; body?: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

const RECORDED_HOST = 'http://gitea.example';
/** The recorder gave the server another name after its answers had been measured. */
const MEASURED_HOST = 'http://localhost:3000';
const SHA = /\b[0-9a-f]{40}\b/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;
/** These times mean "never", so they are compared as they are. */
const NO_TIME = ['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z'];
/** The recorder kept only these fields of a user or repository inside another object. */
const CUT_OBJECTS = ['id,login', 'full_name,id', 'default_branch,full_name,id'];
const COMPARED_HEADERS = [
  'content-type',
  'x-total-count',
  'link',
  'access-control-expose-headers',
  'x-hasmore',
  'x-page',
  'x-pagecount',
  'x-perpage',
];

export function readRecording(server: string, file: string): Exchange[] {
  return JSON.parse(
    readFileSync(new URL(`../testdata/recordings/${server}/${file}`, import.meta.url), 'utf8'),
  );
}

/** Pairs each commit of the recorded server with one of ours, and holds that the pairs never change. */
export class ShaPairs {
  private ours = new Map<string, string>();
  private theirs = new Map<string, string>();

  constructor(private exact: boolean) {}

  pair(recorded: string, own: string): void {
    if (this.exact) assert.equal(own, recorded, 'a SHA that must be equal is not');
    if (!this.ours.has(recorded) && !this.theirs.has(own)) {
      this.ours.set(recorded, own);
      this.theirs.set(own, recorded);
    }
    assert.equal(this.ours.get(recorded), own, `${recorded} was another commit before`);
    assert.equal(this.theirs.get(own), recorded, `${own} stood for another commit before`);
  }

  translate(recorded: string): string {
    return recorded.replace(SHA, (sha) => this.ours.get(sha) ?? sha);
  }
}

export interface Leeway {
  /** Keys whose value may differ, with the same type. */
  looseKeys?: string[];
  /** Rows in the recorded order were sorted, or have no order: compare by id. */
  anyOrder?: boolean;
  /** The recorder kept these headers only. */
  onlyHeaders?: string[];
  /** The recorder changed the body after it had been measured. */
  anyLength?: boolean;
}

export function compareAnswer(
  exchange: Exchange,
  answered: Answered,
  { host, shas, leeway = {} }: { host: string; shas: ShaPairs; leeway?: Leeway },
): void {
  const { response } = exchange;
  const text = answered.text.replaceAll(host, RECORDED_HOST);
  assert.equal(answered.status, response.status, `status; body: ${text.slice(0, 300)}`);
  for (const name of leeway.onlyHeaders ?? COMPARED_HEADERS) {
    const recorded = response.headers[name];
    const own = answered.headers.get(name)?.replaceAll(host, RECORDED_HOST) ?? '';
    assert.equal(own, shas.translate(recorded ?? ''), `header ${name}`);
  }
  const type = answered.headers.get('content-type') ?? '';
  const body = type.startsWith('application/json') ? JSON.parse(text) : text;
  const cut = compareValue(response.body, body, '', { shas, leeway });
  const length = response.headers['content-length'];
  if (length !== undefined && !cut && !leeway.anyLength)
    assert.equal(
      Buffer.byteLength(text.replaceAll(RECORDED_HOST, MEASURED_HOST)),
      Number(length),
      'content-length',
    );
}

/** Returns whether the recording was cut anywhere inside. */
function compareValue(
  recorded: unknown,
  own: unknown,
  path: string,
  context: { shas: ShaPairs; leeway: Leeway },
): boolean {
  if (typeof recorded === 'string' && typeof own === 'string') {
    compareText(recorded, own, path, context);
    return false;
  }
  if (Array.isArray(recorded)) {
    assert.ok(Array.isArray(own), `${path} is no list but ${JSON.stringify(own)}`);
    assert.equal(own.length, recorded.length, `rows of ${path}`);
    const byId = (rows: { id: number }[]) =>
      context.leeway.anyOrder ? [...rows].sort((a, b) => a.id - b.id) : rows;
    const mine = byId(own);
    return byId(recorded)
      .map((row, i) => compareValue(row, mine[i], `${path}[${i}]`, context))
      .some(Boolean);
  }
  if (typeof recorded === 'object' && recorded !== null) return compareObject(recorded, own, path, context);
  assert.equal(own, recorded, path);
  return false;
}

function compareObject(
  recorded: object,
  own: unknown,
  path: string,
  context: { shas: ShaPairs; leeway: Leeway },
): boolean {
  assert.ok(typeof own === 'object' && own !== null, `${path} is no object but ${JSON.stringify(own)}`);
  const keys = Object.keys(recorded).sort();
  const cut = path !== '' && CUT_OBJECTS.includes(keys.join());
  if (!cut) assert.deepEqual(Object.keys(own).sort(), keys, `keys of ${path}`);
  const inner = keys.map((key) => {
    const [theirs, mine] = [
      (recorded as Record<string, unknown>)[key],
      (own as Record<string, unknown>)[key],
    ];
    const where = `${path}.${key}`;
    if (!context.leeway.looseKeys?.includes(key)) return compareValue(theirs, mine, where, context);
    assert.equal(typeof mine, typeof theirs, `type of ${where}`);
    return true;
  });
  return cut || inner.some(Boolean);
}

function compareText(recorded: string, own: string, path: string, { shas }: { shas: ShaPairs }): void {
  const [theirs, mine] = [recorded.match(SHA) ?? [], own.match(SHA) ?? []];
  assert.equal(mine.length, theirs.length, `${path}: SHAs in "${own}" and "${recorded}"`);
  theirs.forEach((sha, i) => shas.pair(sha, mine[i] ?? ''));
  const plain = (text: string) =>
    text.replace(SHA, '<sha>').replace(TIME, (time) => (NO_TIME.includes(time) ? time : '<time>'));
  assert.equal(plain(own), plain(recorded), path);
}
