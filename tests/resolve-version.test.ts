import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runScript } from './support/run-script.mjs';

const root = mkdtempSync(join(tmpdir(), 'resolve-version-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

interface Row {
  name: string;
  event?: unknown;
  file?: string;
  env?: Record<string, string>;
  args?: string[];
  code?: number;
  version?: string;
  source: string;
  words?: RegExp;
}

const payload = (value: unknown) => ({ client_payload: { runtime_version: value } });

const rows: Row[] = [
  { name: 'nothing anywhere is empty and no error', source: 'none' },
  {
    name: 'nothing anywhere is refused with --required',
    args: ['--required'],
    code: 1,
    source: 'none',
    words: /--input V/,
  },
  { name: 'the file', file: '0.1.7\n', version: '0.1.7', source: 'file' },
  {
    name: "all white space of the file's first line is removed",
    file: '\uFEFF 0.1 .7\t\r\nmore',
    version: '0.1.7',
    source: 'file',
  },
  { name: 'an empty first line is no version', file: '\n0.1.7\n', source: 'none' },
  { name: 'another file', file: '1', args: ['--file', 'no.txt'], source: 'none' },
  {
    name: 'the payload wins',
    event: payload('p'),
    file: 'f',
    args: ['--input', 'i'],
    version: 'p',
    source: 'payload',
  },
  { name: 'an input wins over the file', file: 'f', args: ['--input', 'i'], version: 'i', source: 'input' },
  {
    name: 'the variable of the input',
    file: 'f',
    env: { INPUT_RUNTIME_VERSION: 'v' },
    version: 'v',
    source: 'input',
  },
  {
    name: "the event's inputs",
    event: { inputs: { runtime_version: 'e' } },
    file: 'f',
    version: 'e',
    source: 'input',
  },
  {
    name: 'an empty input counts as not given',
    event: { inputs: { runtime_version: '' } },
    args: ['--input', ''],
    file: 'f',
    version: 'f',
    source: 'file',
  },
  { name: 'inputs that are null', event: { inputs: null }, file: 'f', version: 'f', source: 'file' },
  {
    name: 'another key',
    event: { client_payload: { v: '2', runtime_version: '1' } },
    args: ['--payload-key', 'v'],
    version: '2',
    source: 'payload',
  },
  {
    name: "a key that every object has is not the event's",
    event: { client_payload: {} },
    args: ['--payload-key', 'constructor'],
    file: 'f',
    version: 'f',
    source: 'file',
  },
  {
    name: 'white space around a value is taken off',
    event: payload(' 0.1.7\n'),
    version: '0.1.7',
    source: 'payload',
  },
  {
    name: 'white space inside is refused',
    event: payload('0 1'),
    code: 1,
    source: 'payload',
    words: /client_payload\.runtime_version .*white space/,
  },
  {
    name: 'a control character is refused',
    args: ['--input', 'a\u0007b'],
    code: 1,
    source: 'input',
    words: /--input .*control character/,
  },
  {
    name: 'a control character in the file is refused',
    file: 'a\u0000b',
    code: 1,
    source: 'file',
    words: /the file "\.runtime-version"/,
  },
  {
    name: 'what is no whole character is refused',
    event: payload('1\uD8002'),
    code: 1,
    source: 'payload',
    words: /half a character/,
  },
  ...['\u200B', '\u202E', '\u3164', '\u{E0100}'].map((hidden) => ({
    name: `U+${hidden.codePointAt(0)?.toString(16)}, which nobody sees, is refused`,
    event: payload(`1${hidden}2`),
    code: 1,
    source: 'payload',
    words: /an invisible character/,
  })),
  {
    name: 'a version that is a token, and would be printed as ***, is refused',
    event: payload('0123456789abcdef0123'),
    env: { GITHUB_TOKEN: '0123456789abcdef0123' },
    code: 1,
    source: 'payload',
    words: /client_payload\.runtime_version .*holds a token/,
  },
  {
    name: '128 characters outside the first plane go',
    event: payload('\u{1F600}'.repeat(128)),
    version: '\u{1F600}'.repeat(128),
    source: 'payload',
  },
  {
    name: "a key of its own that objects inherit is the event's",
    event: JSON.parse('{"client_payload":{"__proto__":"2"}}'),
    args: ['--payload-key', '__proto__'],
    version: '2',
    source: 'payload',
  },
  {
    name: 'a key with dots is one key',
    event: { client_payload: { 'a.b': '2', a: { b: '1' } } },
    args: ['--payload-key', 'a.b'],
    version: '2',
    source: 'payload',
  },
  { name: 'an event that is null', event: null, code: 3, source: '', words: /null, not an object/ },
  {
    name: 'an empty --input leaves its variable',
    args: ['--input', ''],
    env: { INPUT_RUNTIME_VERSION: 'v' },
    version: 'v',
    source: 'input',
  },
  { name: '128 characters go', file: 'x'.repeat(128), version: 'x'.repeat(128), source: 'file' },
  { name: '129 are refused', file: 'x'.repeat(129), code: 1, source: 'file', words: /129 characters/ },
  {
    name: 'a number is refused',
    event: payload(1),
    file: 'f',
    code: 1,
    source: 'payload',
    words: /not a string/,
  },
  { name: 'null is refused', event: payload(null), code: 1, source: 'payload', words: /not a string/ },
  {
    name: 'an input that is a list is refused',
    event: { inputs: { runtime_version: ['1'] } },
    code: 1,
    source: 'input',
    words: /inputs\.runtime_version/,
  },
  {
    name: 'a payload that is a list is not understood',
    event: { client_payload: ['1'] },
    code: 3,
    source: '',
    words: /a list, not an object/,
  },
  { name: 'an event that is not JSON', event: 'broken', code: 3, source: '', words: /not JSON/ },
  { name: 'an event that is a list', event: [], code: 3, source: '', words: /a list, not an object/ },
  {
    name: 'an event file that is not there',
    env: { GITHUB_EVENT_PATH: '/no/such' },
    file: 'f',
    code: 3,
    source: '',
    words: /ENOENT/,
  },
  { name: 'a version file that is a folder', file: '/', code: 3, source: '', words: /it is a folder/ },
  { name: 'an unknown option', args: ['--versoin', '1'], code: 2, source: '', words: /--versoin/ },
];

describe('resolve-version', () => {
  for (const row of rows) {
    test(row.name, async () => {
      const cwd = join(root, String(++folders));
      mkdirSync(cwd);
      const event = join(cwd, 'event.json');
      if (row.event !== undefined)
        writeFileSync(event, row.event === 'broken' ? '{' : JSON.stringify(row.event));
      if (row.file === '/') mkdirSync(join(cwd, '.runtime-version'));
      else if (row.file !== undefined) writeFileSync(join(cwd, '.runtime-version'), row.file);
      const env = { ...(row.event === undefined ? {} : { GITHUB_EVENT_PATH: event }), ...row.env };
      const result = await runScript('resolve-version', row.args ?? [], { cwd, env, runner: true });
      const code = row.code ?? 0;
      assert.equal(result.code, code, result.stderr);
      assert.equal(result.stdout, code === 0 ? `${row.version ?? ''}\n` : '', 'stdout is the version alone');
      if (row.words) assert.match(result.stderr, row.words);
      if (code === 0) assert.equal(result.outputs['version'], row.version ?? '');
      if (row.source !== '') assert.equal(result.outputs['source'], row.source);
    });
  }
});
