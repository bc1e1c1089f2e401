import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeReport } from './faults/harness.ts';
import { holdsSecret } from './faults/judge.ts';
import { PATHS } from './faults/paths/index.ts';
import { runFaultsApart } from './faults/share.ts';

describe('faults', () => {
  test('no request, spoilt in any way, makes a script say what it does not know', async () => {
    const report = await runFaultsApart({ paths: 'all', part: 10, seed: 7, processes: 2 });
    console.log(`${describeReport(report)} (npm run faults -- --all runs all)`);
    assert.deepEqual(
      report.findings.map(
        ({ violation, what, result }) => `${violation}: ${what}\n${result.stdout}${result.stderr}`,
      ),
      [],
    );
    assert.ok(report.runs > 100, `only ${report.runs} cases were run`);
    assert.deepEqual(new Set(PATHS.map(({ script }) => script)).size, report.scripts);
  });

  const secret = 'gh-secret/with+signs%1';
  const packed = (lead: string): string => Buffer.from(`${lead}${secret}`).toString('base64');
  const rows: [string, string, boolean][] = [
    ['the whole secret', `x ${secret} x`, true],
    ['its first eight characters', `x ${secret.slice(0, 8)} x`, true],
    ['its first seven characters', `x ${secret.slice(0, 7)} x`, false],
    ['its URL form', encodeURIComponent(secret), true],
    ['base64 behind a user', packed('user:'), true],
    ['base64 behind one more byte', packed('users:'), true],
    ['base64 behind two more bytes', packed('users2:'), true],
    ['base64 for URLs', Buffer.from(`u:${secret}`).toString('base64url'), true],
    ['nothing of it', 'Authorization: ***', false],
  ];
  for (const [name, text, shows] of rows) {
    test(`the judge ${shows ? 'sees' : 'does not see'} ${name}`, () => {
      assert.equal(holdsSecret(text, secret), shows);
    });
  }
});
