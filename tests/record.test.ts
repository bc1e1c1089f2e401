import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createAnnotations, disarmJson, disarmLine, disarmResult } from '../lib/annotations.ts';
import { createRedactor } from '../lib/redact.ts';
import { redactResult, renderOutputs, renderRecord, renderSummary, renderTable } from '../lib/report.ts';
import type { Verdict } from '../lib/script.ts';
import { parseOutputs } from './support/run-script.mjs';

const verdict = (more: Partial<Verdict> = {}): Verdict => ({
  decision: 'go',
  exit: 0,
  proceed: true,
  reason: 'because',
  ...more,
});

describe('the decision record', () => {
  test('is one line of JSON whatever a text holds, and whatever is redacted', () => {
    const redactor = createRedactor();
    redactor.hide('secret"\\\n-1');
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Authorization: Bearer x"',
        '{"cookie":"a"}',
        'secret"\\\n-1',
        'https://h/p?q="',
        '\u2028',
      ),
    );
    fc.assert(
      fc.property(words, words, words, (reason, value, next) => {
        const full = verdict({
          reason,
          evidence: [{ what: value, value }],
          next: [next],
          details: { a: [value] },
        });
        const line = redactResult(renderRecord('s', '1.0.0', full), (text) => redactor.redact(text));
        assert.ok(!line.includes('\n'));
        const record = JSON.parse(line);
        assert.equal(record.reason, redactor.redact(reason));
        assert.deepEqual(record.details, { a: [redactor.redact(value)] });
        assert.ok(!JSON.stringify(record).includes(JSON.stringify('secret"\\\n-1').slice(1, -1)));
      }),
    );
  });

  test('has every field, also of a verdict with none', () => {
    assert.deepEqual(JSON.parse(renderRecord('s', '1.0.0', verdict())), {
      schema: 1,
      script: 's',
      version: '1.0.0',
      subject: {},
      decision: 'go',
      proceed: true,
      reason: 'because',
      changed: false,
      evidence: [],
      next: [],
      details: {},
    });
  });
});

describe('a result', () => {
  const redact = (text: string): string => text.replaceAll('secret', '***');
  const rows: [string, string, string][] = [
    ['text', 'a secret', 'a ***'],
    ['a list', '["a secret\\"", 1]', '["a ***\\"",1]'],
    ['JSON without secrets as it was written', '{\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['what only looks like JSON', '[secret]', '[***]'],
  ];
  for (const [name, text, clean] of rows) {
    test(`redacts ${name}`, () => assert.equal(redactResult(text, redact), clean));
  }
});

describe('outputs', () => {
  test('a runner reads back what was written, whatever it holds', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '=', '<', ' ', '\n', 'x<<y', 'end') });
    fc.assert(
      fc.property(value, value, (reason, extra) => {
        const text = renderOutputs(['extra', 'unset'], verdict({ reason, outputs: { extra } }), 'end-1f3a');
        const read = parseOutputs(text);
        assert.equal(read['reason'], reason);
        assert.equal(read['extra'], extra);
        assert.equal(read['unset'], '');
        assert.equal(read['proceed'], 'true');
      }),
    );
  });
});

describe('the summary', () => {
  const rows: [string, Partial<Verdict>, RegExp][] = [
    ['a go', {}, /^## ✅ s: go\n\nbecause\n/],
    ['a wait', { proceed: false, decision: 'defer' }, /^## ⏸ s: defer/],
    ['a refusal', { exit: 1, proceed: false, decision: 'refuse' }, /^## ❌/],
    ['what could not be told', { exit: 3, proceed: false, decision: 'unknown' }, /^## ❓/],
    ['HTML in a reason', { reason: '<img src=x>' }, /\n&lt;img src=x>\n/],
    [
      'evidence',
      { evidence: [{ what: 'a|b', value: 'x', url: 'https://h/1' }] },
      /\| a\\\|b \| \[x\]\(https:\/\/h\/1\) \|/,
    ],
    ['evidence without a link', { evidence: [{ what: 'a', value: 'x\ny' }] }, /\| a \| x y \|/],
    [
      'a summary of its own',
      { summary: '| own |\n', evidence: [{ what: 'a', value: 'x' }] },
      /\n\| own \|\n/,
    ],
    ['what to do next', { next: ['run <it>'] }, /\nNext:\n\n- run &lt;it>\n/],
  ];
  for (const [name, more, pattern] of rows) {
    test(`shows ${name}`, () => assert.match(renderSummary('s', verdict(more)), pattern));
  }

  test('is cut below the size at which a runner drops it, at a line, and says so', () => {
    const evidence = Array.from({ length: 40_000 }, (_, at) => ({ what: `ü${at}`, value: 'ok'.repeat(20) }));
    const text = renderSummary('s', verdict({ evidence }));
    const size = Buffer.byteLength(text);
    assert.ok(size <= 1000 * 1024 && size > 990 * 1024, String(size));
    assert.match(text, / \|\n\n_The summary was cut here: it was \d+ bytes; the log has all of it\._\n$/);
    assert.doesNotMatch(text, /\ufffd/);
  });

  test('a table keeps its cells in one line', () => {
    assert.equal(renderTable(['A', 'B'], [['', 'x|\r\ny']]), '| A | B |\n| --- | --- |\n|   | x\\| y |');
  });
});

describe('annotations', () => {
  const place = { file: 'a,b:c%.yml', line: 3, column: 7 };
  const rows: [string, boolean, string, typeof place | undefined, string][] = [
    ['in a runner', true, 'x%y\r\nz', undefined, '::error::x%25y%0D%0Az'],
    ['with a place', true, 'x', place, '::error file=a%2Cb%3Ac%25.yml,line=3,col=7::x'],
    ['elsewhere', false, 'x\nz', undefined, 'error: x z'],
    ['elsewhere with a place', false, 'x', place, 'error: a,b:c%.yml:3:7: x'],
  ];
  for (const [name, inRunner, text, where, line] of rows) {
    test(name, () => assert.equal(createAnnotations({ inRunner }).render('error', text, where), line));
  }

  test('ten of a kind at most, and a line for the rest', () => {
    const annotations = createAnnotations({ inRunner: true });
    const lines = Array.from({ length: 13 }, (_, at) => annotations.render('warning', `w${at}`));
    annotations.render('notice', 'n');
    assert.equal(lines.filter((line) => line.startsWith('::')).length, 10);
    assert.equal(lines[12], 'warning: w12');
    assert.deepEqual(annotations.overflow(), [
      '3 more of kind warning stand in the log above, without annotation',
    ]);
    assert.deepEqual(createAnnotations({ inRunner: false }).overflow(), []);
  });

  const commands = [
    ['::set-output name=a::b', '| ::set-output name=a::b'],
    ['  ::stop-commands::x', '|   ::stop-commands::x'],
    ['the file holds ##[set-output name=a;]b', 'the file holds ## [set-output name=a;]b'],
    ['##[add-mask]e', '## [add-mask]e'],
    ['a::b', 'a::b'],
  ] as const;
  for (const [line, shown] of commands)
    test(`no command, but a line: ${line}`, () => assert.equal(disarmLine(line), shown));

  test('the eleventh of a kind is no older command either', () => {
    const annotations = createAnnotations({ inRunner: true });
    const lines = Array.from({ length: 11 }, () => annotations.render('error', '##[add-mask]e'));
    assert.equal(lines[10], 'error: ## [add-mask]e');
  });

  test('a result holds no older command either, but for a value of one word', () => {
    assert.equal(disarmResult('a.yml:1:1: ##[x]\n::error::y'), 'a.yml:1:1: ## [x]\n::error::y');
    assert.equal(disarmResult('{"a":"##[x]"}'), disarmJson('{"a":"##[x]"}'));
    assert.equal(disarmResult('1.0##[x]'), '1.0##[x]');
  });

  test('JSON in a runner says the same without a command in it', () => {
    const json = JSON.stringify({ '##[': '##[##[a', b: ['###[', '#', '['] });
    assert.ok(!disarmJson(json).includes('##['));
    assert.deepEqual(JSON.parse(disarmJson(json)), JSON.parse(json));
  });

  test('no message can become a second command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = createAnnotations({ inRunner: true }).render('error', text, { file: text });
        assert.equal(line.split(/\r|\n/).length, 1);
      }),
    );
  });
});
