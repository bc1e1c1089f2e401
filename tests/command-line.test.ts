import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseCommandLine } from '../lib/command-line.ts';
import { formatDuration, parseDuration } from '../lib/duration.ts';
import {
  asChoice,
  asDuration,
  asInteger,
  asRepo,
  asSha,
  asShard,
  asText,
  flag,
  many,
  needed,
  one,
  oneOr,
  onUnless,
  splitList,
} from '../lib/options.ts';
import { defineCommand, type Script } from '../lib/script.ts';
import { Shape } from '../lib/shape.ts';

const options = {
  name: needed({ help: '', value: 'NAME', variables: ['NAME', 'OTHER_NAME'], parse: asText }),
  count: oneOr({ help: '', value: 'N', variables: ['COUNT'], fallback: '3', parse: asInteger(1, 9) }),
  item: many({ help: '', value: 'I', variables: ['ITEMS'], parse: asText }),
  hold: one({ help: '', value: 'H', variables: ['HOLD'], parse: asText, mayBeEmpty: true }),
  loud: flag({ help: '', variables: ['LOUD'] }),
  file: one({ help: '', value: 'F', variables: ['FILE'], rivals: ['url'], parse: asText }),
  url: one({ help: '', value: 'U', variables: ['URL'], rivals: ['file'], parse: asText }),
  check: onUnless({ help: '', variables: ['CHECK'] }),
};
const main = async () => ({ decision: 'go', exit: 0 as const, proceed: true, reason: '' });
const script: Script = {
  name: 'example',
  summary: '',
  commands: [defineCommand({ name: '', options, main })],
  outputs: {},
};
const withPaths: Script = {
  ...script,
  commands: [defineCommand({ name: '', options, main, positionals: '[PATH …]' })],
};

const parse = (args: string[], variables: Record<string, string> = {}, of = script) => {
  const { options: found, positionals } = parseCommandLine(of, args, () => ({}), {
    get: (name) => variables[name],
  });
  return { ...found, positionals } as Record<string, unknown>;
};

describe('the command line', () => {
  const rows: [string, string[], Record<string, string>, Record<string, unknown>][] = [
    [
      'behind a space',
      ['--name', 'a'],
      {},
      { name: 'a', count: 3, item: [], hold: null, loud: false, check: true },
    ],
    ['behind =', ['--name=a=b'], {}, { name: 'a=b' }],
    ['a value that looks like an option', ['--name=--count'], {}, { name: '--count' }],
    ['a variable', [], { NAME: 'v' }, { name: 'v' }],
    ['the second variable', [], { NAME: ' ', OTHER_NAME: 'w' }, { name: 'w' }],
    ['an option before its variable', ['--name', 'a'], { NAME: 'v' }, { name: 'a' }],
    ['a repeatable one', ['--name=a', '--item', 'x,y', '--item', 'z'], {}, { item: ['x,y', 'z'] }],
    ['a list in a variable', ['--name=a'], { ITEMS: ' x, y\nz ' }, { item: ['x', 'y', 'z'] }],
    ['a repeatable option before its variable', ['--name=a', '--item=q'], { ITEMS: 'x' }, { item: ['q'] }],
    ['a switch', ['--name=a', '--loud'], {}, { loud: true }],
    ['a switch turned off', ['--name=a', '--no-loud'], { LOUD: 'true' }, { loud: false }],
    ['one that is on, turned off', ['--name=a', '--no-check'], {}, { check: false }],
    ['one that is on, by its name', ['--name=a', '--check'], { CHECK: 'false' }, { check: true }],
    ['switches in variables', ['--name=a'], { LOUD: 'YES', CHECK: '0' }, { loud: true, check: false }],
    ['an empty value that counts as none', ['--name=a', '--hold', ''], { HOLD: 'h' }, { hold: 'h' }],
    ["an option before a rival's variable", ['--name=a', '--file=f'], { URL: 'u' }, { file: 'f', url: null }],
    ['both of two rivals', ['--name=a', '--file=f', '--url=u'], {}, { file: 'f', url: 'u' }],
    ['the variables of both', ['--name=a'], { FILE: 'f', URL: 'u' }, { file: 'f', url: 'u' }],
    ['a number in its variable', ['--name=a'], { COUNT: '9' }, { count: 9 }],
  ];
  for (const [name, args, variables, expected] of rows) {
    test(`reads ${name}`, () => {
      const found = parse(args, variables);
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value, key);
    });
  }

  test('takes what stands without a name only where the script does', () => {
    const args = ['--name=a', 'x', '-', '--', '--y'];
    assert.deepEqual(parse(args, {}, withPaths)['positionals'], ['x', '-', '--y']);
    assert.throws(() => parse(args), /Cannot use "x": example takes options only/);
  });

  const wrong: [string, string[], RegExp][] = [
    [
      'a needed option is missing',
      [],
      /Cannot run without --name: it is missing; give --name NAME, or set NAME or OTHER_NAME/,
    ],
    [
      'an option stands where a value is due',
      ['--name', '--count'],
      /Cannot use --name: its value is missing/,
    ],
    ['a switch has a value', ['--no-check=x'], /Cannot use --no-check: it is a switch/],
    [
      'an option that takes a value has --no-',
      ['--no-name'],
      /Cannot use --no-name: example has no such option/,
    ],
    ['one is given twice', ['--name=a', '--loud', '--no-loud'], /Cannot use --loud twice/],
    ['the value is empty', ['--name='], /Cannot use --name: its value is empty; give --name NAME/],
    ['one dash', ['-name', 'a'], /Cannot use -name: example has no such option/],
    [
      'a number past the end',
      ['--name=a', '--count=10'],
      /Cannot use --count: "10" is not allowed; give a whole number from 1 to 9/,
    ],
  ];
  for (const [name, args, message] of wrong) {
    test(`refuses where ${name}`, () => assert.throws(() => parse(args), { name: 'UsageError', message }));
  }

  test('never fails but with a UsageError, and gives back what was given', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('--name', '--item', '--loud', '--', '--no-check', '--count=1'),
    );
    fc.assert(
      fc.property(fc.array(word), (args) => {
        try {
          parse(args);
        } catch (error) {
          assert.equal((error as Error).name, 'UsageError');
          assert.match((error as Error).message, /^Cannot (use|run) .*; /s);
        }
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 })), (name, items) => {
        fc.pre([name, ...items].every((text) => text.trim() !== ''));
        const found = parse([`--name=${name}`, ...items.flatMap((item) => ['--item', item])]);
        assert.deepEqual([found['name'], found['item']], [name, items]);
      }),
    );
  });
});

describe('values', () => {
  const good: [string, () => unknown, unknown][] = [
    ['a SHA in capitals', () => asSha('A'.repeat(40), 's'), 'a'.repeat(40)],
    ['a SHA-256', () => asSha('0'.repeat(64), 's'), '0'.repeat(64)],
    ['a repository', () => asRepo('my-org/my.repo_1', 's'), 'my-org/my.repo_1'],
    ['a shard', () => asShard('4/4', 's'), { index: 4, of: 4 }],
    ['a choice', () => asChoice('a', 'b')('b', 's'), 'b'],
    ['a duration', () => asDuration('2d', 's'), 172_800_000],
    ['nothing in a list', () => splitList(' ,\n'), []],
  ];
  for (const [name, read, value] of good) test(name, () => assert.deepEqual(read(), value));

  const bad: [string, () => unknown][] = [
    ['a SHA of 41 digits', () => asSha('a'.repeat(41), 's')],
    ['a SHA with a line break', () => asSha(`${'a'.repeat(40)}\n`, 's')],
    ['a repository of three parts', () => asRepo('a/b/c', 's')],
    ['a repository with a query', () => asRepo('a/b?c', 's')],
    ['a repository of dots', () => asRepo('a/..', 's')],
    ['a shard of none', () => asShard('1/0', 's')],
    ['half a shard', () => asShard('1', 's')],
    ['a number with a point', () => asInteger(0, 9)('1.5', 's')],
    ['a number below zero', () => asInteger(0, 9)('-1', 's')],
    ['a choice in capitals', () => asChoice('a', 'b')('A', 's')],
  ];
  for (const [name, read] of bad) test(`not ${name}`, () => assert.throws(read, { name: 'UsageError' }));

  test('a duration is a whole number with its unit, and nothing else', () => {
    const units = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
    fc.assert(
      fc.property(
        fc.nat(999_999_999),
        fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
        (n, unit) => {
          assert.equal(parseDuration(`${n}${unit}`), n * units[unit]);
        },
      ),
    );
    for (const text of [
      '',
      '1',
      's',
      '1 s',
      '-1s',
      '1.5s',
      '1S',
      '1sec',
      '1s ',
      '١s',
      '1h30m',
      '1234567890s',
    ]) {
      assert.equal(parseDuration(text), null, text);
    }
  });

  test('a duration for people', () => {
    const rows: [number, string][] = [
      [0, '0 ms'],
      [999, '999 ms'],
      [1000, '1 s'],
      [119_999, '120 s'],
      [120_000, '2 min'],
      [7_200_000, '2 h'],
      [172_800_000, '2 d'],
    ];
    for (const [ms, text] of rows) assert.equal(formatDuration(ms), text);
  });
});

describe("a server's JSON", () => {
  const body = new Shape({ a: { sha: 'A'.repeat(40) }, n: 1.5, b: true, z: null, l: [{ x: 1 }, 2] });
  const rows: [string, () => unknown, string][] = [
    ['a field that is missing', () => body.field('q'), 'the body has no "q"'],
    ['a field of null', () => body.field('z').field('q'), '"z" of the body is null, not an object'],
    ['a field of a list', () => body.field('l').field('q'), '"l" of the body is a list, not an object'],
    [
      'a field of a number',
      () => body.field('n').optional('q'),
      '"n" of the body is a number, not an object',
    ],
    ['a list of an object', () => body.field('a').list(), '"a" of the body is an object, not a list'],
    ['half a number', () => body.field('n').count(), '"n" of the body is a number, not a whole number'],
    ['a flag that is none', () => body.field('n').flag(), '"n" of the body is a number, not true or false'],
    ['a text that is none', () => body.field('b').text(), '"b" of the body is a boolean, not a string'],
    [
      'a row of another kind',
      () => body.field('l').list()[1]?.field('x'),
      'item 2 of "l" of the body is a number, not an object',
    ],
    ['a count below nothing', () => new Shape(-1, 'it').count(), 'it is -1, and no count is below 0'],
    ['a SHA that is none', () => new Shape('abc', 'it').sha(), 'it is a string, not a commit SHA'],
    ['a field of nothing', () => new Shape(undefined).field('x'), 'the body is a undefined, not an object'],
  ];
  for (const [name, read, message] of rows) {
    test(`is refused with its place: ${name}`, () => assert.throws(read, { name: 'ShapeError', message }));
  }

  test('is read where it is as it must be', () => {
    assert.equal(body.field('a').field('sha').sha(), 'a'.repeat(40));
    assert.equal(body.field('b').flag(), true);
    assert.equal(body.optional('z'), null);
    assert.equal(body.optional('q'), null);
    assert.equal(body.field('z').isNull(), true);
    assert.equal(body.field('l').list()[0]?.field('x').count(), 1);
  });
});
