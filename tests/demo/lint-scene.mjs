import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const title = 'A workflow that the server drops without a word';

const FILE = '.gitea/workflows/release.yml';
const RELEASE = `name: Release
on:
  push:
    tags: ['v*']
  workflow_dispatch:
    inputs:
      dry_run:
        type: boolean
jobs:
  notes:
    runs-on: ubuntu-latest
    steps:
      - run: ./write-notes
`;

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const path = join(stage.folder, FILE);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, RELEASE);
  stage.say(
    'Ada writes a release workflow. It is valid YAML, and GitHub would run it. This Gitea ' +
      'cannot take the inputs, and so drops the whole file: no run, no status, no line in a log. She would tag v1, ' +
      'and wait.',
  );
  const result = await stage.run('lint-workflow-yaml', [FILE]);
  stage.bash('`yamllint` finds nothing wrong with it, because nothing is wrong with it as YAML.');
  stage.decides(result, {
    what: 'the line that drops the file is named before it is pushed',
    code: 1,
    outputs: { decision: 'findings', proceed: 'false' },
    says: /release\.yml:7:\d+: error: .*drops the whole file without a word.*\[no-dispatch-inputs\]/,
  });

  writeFileSync(path, RELEASE.replace(/ {2}workflow_dispatch:\n(?: {4}.*\n)+/, ''));
  stage.say('She takes the dispatch out:');
  const clean = await stage.run('lint-workflow-yaml', [FILE]);
  stage.decides(clean, { what: 'this one runs', code: 0, outputs: { decision: 'clean', proceed: 'true' } });
}
