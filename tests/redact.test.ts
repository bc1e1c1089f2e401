import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findWords, quoteWords } from '../lib/http-words.ts';
import { createRedactor } from '../lib/redact.ts';
import { holdsSecret } from './faults/judge.ts';

const redactorOf = (...secrets: (string | undefined)[]) => {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.hide(secret);
  return redactor;
};

/** Printable characters but for the space, of which a token is made. */
const secretText = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 8, maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes))
  .filter((text) => new Set(text).size > 4);
/** What stands around it has no character of it. */
const around = fc
  .array(fc.constantFrom('α', 'β', ' ', '\n', '→'), { maxLength: 30 })
  .map((all) => all.join(''));
const asciiAround = fc
  .array(fc.constantFrom(' ', '\t', '\u0001'), { maxLength: 9 })
  .map((all) => all.join(''));

const forms: [string, (secret: string, lead: string, tail: string) => string][] = [
  ['as it is', (secret) => secret],
  ['in a URL', (secret) => encodeURIComponent(secret)],
  ['in JSON', (secret) => JSON.stringify({ secret })],
  ['in base64', (secret, lead, tail) => Buffer.from(`${lead}${secret}${tail}`).toString('base64')],
  [
    'in base64 for URLs',
    (secret, lead, tail) => Buffer.from(`${lead}${secret}${tail}`).toString('base64url'),
  ],
  ['in a header', (secret) => `Authorization: Bearer ${secret}`],
  ['in a clone URL', (secret) => `https://x-access-token:${encodeURIComponent(secret)}@host/o/r.git`],
];

describe('redact', () => {
  for (const [name, write] of forms) {
    test(`no eight characters of a secret survive ${name}, wherever it stands`, () => {
      fc.assert(
        fc.property(
          secretText,
          around,
          around,
          asciiAround,
          asciiAround,
          (secret, before, behind, lead, tail) => {
            const text = `${before}${write(secret, lead, tail)}${behind}`;
            const clean = redactorOf(secret).redact(text);
            assert.ok(!holdsSecret(clean, secret), clean);
            assert.ok(clean.startsWith(before), clean);
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  test('a quote is redacted before it is cut', () => {
    fc.assert(
      fc.property(secretText, fc.nat(230), (secret, at) => {
        const words = quoteWords(`${'α'.repeat(at)}${secret}`, redactorOf(secret));
        assert.ok(!holdsSecret(words, secret), words);
        assert.ok([...words].length <= 201);
      }),
    );
  });

  const rows: [string, string, string][] = [
    ['a header', 'Authorization: Bearer abc', 'Authorization: ***'],
    ['a header in JSON', '{"authorization":"token abc","x":1}', '{"authorization":"***","x":1}'],
    ['a cookie', 'Set-Cookie: session=1; Path=/\nnext', 'Set-Cookie: ***\nnext'],
    ['a bearer in a sentence', 'sent Bearer abcdefghijklmnop0 to it', 'sent Bearer *** to it'],
    ['user info', 'https://user:word@host/path', 'https://host/path'],
    ['a query', 'GET https://host/path?token=abc&x=1 failed', 'GET https://host/path failed'],
    ['a query in Markdown', '[run](https://host/run?sig=abc)', '[run](https://host/run)'],
    ['a URL without either', 'https://host/path#part', 'https://host/path#part'],
    ['an ssh address', 'ssh://git@host/o/r.git', 'ssh://host/o/r.git'],
    ['nothing to hide', 'basic facts and a bearer bond', 'basic facts and a bearer bond'],
  ];
  for (const [name, text, clean] of rows) {
    test(`without any secret, ${name}`, () => assert.equal(createRedactor().redact(text), clean));
  }

  test('nothing, and what is too short to be a secret, hides nothing', () => {
    assert.equal(redactorOf(undefined, '', '  ', 'a', 'ab').redact('a ab abc'), 'a ab abc');
    assert.equal(redactorOf('abc').redact('a ab abc'), 'a ab ***');
  });

  test('of two secrets the longer goes first, so that no end of it stays', () => {
    const clean = redactorOf('secret-one', 'secret-one-and-more').redact(
      'x secret-one-and-more secret-one x',
    );
    assert.equal(clean, 'x *** *** x');
  });
});

describe("a server's words", () => {
  const rows: [string, string, string][] = [
    ['a message', '{"message":"Not Found","documentation_url":"https://x"}', 'Not Found'],
    ['an error', '{"error":"no"}', 'no'],
    ['an error description', '{"error":"no","error_description":"not you"}', 'not you'],
    ['errors of a list', '{"errors":[{"message":"one"},{"code":"x","message":"two"}]}', 'one; two'],
    ['a message with errors', '{"message":"Failed","errors":["a","b"]}', 'Failed: a; b'],
    ['JSON without words', '{"code":7}', '{"code":7}'],
    ['a list', '["a"]', 'a'],
    ['null', 'null', 'null'],
    ['plain text', '404 page not found\n', '404 page not found'],
    ['an HTML page with a title', '<html><title> Bad Gateway </title></html>', 'an HTML page, "Bad Gateway"'],
    ['an HTML page without', '<!DOCTYPE html><p>', 'an HTML page'],
    ['nothing', '', ''],
  ];
  for (const [name, body, words] of rows) test(name, () => assert.equal(findWords(body), words));

  test('control characters and line breaks become spaces', () => {
    assert.equal(quoteWords(' a\r\n::error::\u001b[31mb\u2028c ', createRedactor()), 'a ::error:: [31mb c');
  });
});
