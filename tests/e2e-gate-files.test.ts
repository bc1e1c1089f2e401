import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startWorld } from './support/world.mjs';

const text = (name: string, on = 'push'): string =>
  `name: ${name}\non: ${on}\njobs: {j: {runs-on: x, steps: [{run: echo}]}}\n`;
const otherPaths = '{push: {paths: [nope]}}';

/** What Gitea 1.22.6 answers for a name that is no folder (seen). */
const item = (type: string, path: string, more: object = {}): object => ({
  type,
  path,
  name: path.split('/').at(-1),
  sha: '1'.repeat(40),
  size: 3,
  encoding: null,
  content: null,
  target: null,
  ...more,
});
const bytesOf = (path: string, bytes: Buffer): object =>
  item('file', path, { encoding: 'base64', content: bytes.toString('base64'), size: bytes.length });
const utf16 = Buffer.from(`\ufeff${text('CI', otherPaths)}`, 'utf16le');

describe('e2e-gate sees the workflow files that Gitea sees', async () => {
  const { forge, repo, token } = await startWorld('gitea-1.22.6');
  after(() => forge.close());
  let count = 0;

  const ci = '.gitea/workflows/ci.yml';
  const rows: [
    name: string,
    files: Record<string, string>,
    answers: Record<string, unknown>,
    state: string,
    words: RegExp,
  ][] = [
    ...['file', 'symlink', 'submodule'].map((type): (typeof rows)[number] => [
      `a ${type} of the folder's name hides no .github`,
      { '.github/workflows/ci.yml': text('CI', otherPaths) },
      { '.gitea/workflows': item(type, '.gitea/workflows', { target: '../.github/workflows' }) },
      'filtered',
      /no changed file matches/,
    ]),
    [
      'a link is the text that it points at, so it starts nothing, and the others are read',
      { [ci]: text('CI', otherPaths) },
      {
        '.gitea/workflows': [item('file', ci), item('symlink', '.gitea/workflows/x.yml', { target: '../y' })],
      },
      'filtered',
      /no changed file matches/,
    ],
    [
      'a link that was asked for is dropped',
      { [ci]: text('CI') },
      { '.gitea/workflows': [item('symlink', ci, { target: '../../ci.yml' })] },
      'missing',
      /"\.\.\/\.\.\/ci\.yml" stands where a mapping must/,
    ],
    [
      'bytes that are no UTF-8 drop the file, whatever its filters say',
      { [ci]: text('CI') },
      { [ci]: bytesOf(ci, Buffer.from(`# caf\xe9\n${text('CI', otherPaths)}`, 'latin1')) },
      'missing',
      /ci\.yml is not text in UTF-8: save it as UTF-8/,
    ],
    [
      'UTF-16 behind its mark is read',
      { [ci]: text('CI') },
      { [ci]: bytesOf(ci, utf16) },
      'filtered',
      /matches/,
    ],
    [
      'UTF-16 of the other order is read',
      { [ci]: text('CI') },
      { [ci]: bytesOf(ci, Buffer.from(utf16).swap16()) },
      'filtered',
      /matches/,
    ],
    [
      'a twin nine folders down is seen',
      { [ci]: text('CI'), '.gitea/workflows/1/2/3/4/5/6/7/8/9/twin.yml': text('CI') },
      {},
      'failure',
      /both write the status "CI \/ j \(push\)"/,
    ],
  ];
  for (const [name, files, answers, state, words] of rows) {
    test(name, async () => {
      const branch = `b${++count}`;
      repo.pushCommit({ branch, message: 'root', files: { 'README.md': branch }, by: 'ada', parents: [] });
      const sha = repo.pushCommit({ branch, message: 'files', files, by: 'ada' });
      forge.setFault(({ path }) => {
        const body = answers[path.split('/contents/')[1] ?? ''];
        return body === undefined ? null : { kind: 'answer', status: 200, body };
      });
      const result = await runScript('e2e-gate', ['--workflow', 'ci.yml', '--sha', sha, '--branch', branch], {
        env: jobEnvironment(forge, { token, more: { GATE_ABSENT_GRACE: '0s' } }),
        runner: true,
      });
      forge.setFault(null);
      assert.equal(result.outputs['state'], state, result.stdout);
      assert.match(result.outputs['reason'] ?? '', words);
    });
  }
});
