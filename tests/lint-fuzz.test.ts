import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { emptyConfig } from '../lib/lint/config.ts';
import { applyEdits } from '../lib/lint/fix.ts';
import type { Finding } from '../lib/lint/collector.ts';
import { lintProject } from '../lib/lint/lint.ts';
import { parseSource } from '../lib/lint/source.ts';
import { findDrop } from '../lib/workflow/dropped.ts';
import { PROFILES } from '../lib/workflow/profile.ts';
import { listStatusContexts } from '../lib/workflow/status-contexts.ts';
import { readWorkflow } from '../lib/workflow/workflow.ts';
import { YamlSyntaxError } from '../lib/yaml/read-yaml.ts';
import { mutatedWorkflow } from './support/mutations.ts';

/** `npm run fuzz` sets it to 100,000. */
const numRuns = Number(process.env['SWITCHYARD_FUZZ_RUNS'] ?? 2000);
const longestMs = 1000;
const config = {
  ...emptyConfig,
  runnerLabels: ['x'],
  requiredChecks: new Map([['main', ['a', 'CI / a (push)']]]),
};

function lintTexts(texts: readonly (readonly [path: string, text: string])[]): Finding[] {
  const files = texts.map(([path, text]) => parseSource(path, Buffer.from(text), PROFILES));
  return lintProject({ files, kindOf: (path) => (path.endsWith('.yml') ? 'file' : null) }, config);
}

test(`no mutated workflow makes it crash, hang, or point outside of the file (${numRuns} runs)`, () => {
  fc.assert(
    fc.property(mutatedWorkflow, mutatedWorkflow, (first, second) => {
      const texts = [
        ['.gitea/workflows/a.yml', first],
        ['.gitea/workflows/b.yml', second],
      ] as const;
      const start = performance.now();
      const findings = lintTexts(texts);
      assert.ok(performance.now() - start < longestMs, 'it took too long');
      for (const { file, line, column, endLine, endColumn, message } of findings) {
        const lines = (file.includes('a.yml') ? first : second).split('\n');
        if (file === '') continue;
        assert.ok(line >= 1 && line <= lines.length && column >= 1, `${file}:${line}:${column}`);
        assert.ok(endLine > line || (endLine === line && endColumn >= column), message);
      }
      assert.deepEqual(lintTexts([...texts].reverse()), findings);
    }),
    { numRuns },
  );
});

test('a fix changes nothing twice, and what it reports is gone', () => {
  fc.assert(
    fc.property(mutatedWorkflow, (text) => {
      const path = '.gitea/workflows/a.yml';
      const once = applyEdits(text, lintTexts([[path, text]]));
      const twice = applyEdits(once.text, lintTexts([[path, once.text]]));
      const open = twice.made.filter(({ rule, line }) =>
        once.made.some((made) => made.rule === rule && made.line === line),
      );
      assert.equal(twice.text === once.text || open.length === 0, true);
    }),
    { numRuns },
  );
});

test('the gate can read whatever the server takes', () => {
  fc.assert(
    fc.property(mutatedWorkflow, (text) => {
      for (const profile of PROFILES) {
        const drop = findDrop(text, profile);
        try {
          const contexts = listStatusContexts(readWorkflow(text), 'push', profile);
          if (!drop && profile.startsWith('gitea')) assert.ok(contexts.length > 0);
        } catch (error) {
          assert.ok(error instanceof YamlSyntaxError);
          assert.ok(drop || !profile.startsWith('gitea'));
        }
      }
    }),
    { numRuns },
  );
});
