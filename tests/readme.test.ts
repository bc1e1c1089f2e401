import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { startForge } from './support/forge/forge.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const ci =
  'name: CI\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';

/** The commands of a section's first block, without their remarks. */
function readSteps(title: string): string[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
  const block = /^```bash\n([\s\S]*?)^```$/m.exec(section)?.[1] ?? '';
  return block
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+# .*$/, ''));
}

/** Runs commands in one shell, as a person would type them. */
async function type(steps: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('bash', ['-e', '-c', steps.join('\n')], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, SWITCHYARD_HTTP_RETRY_MS: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

for (const [flavour, home] of [
  ['github', '.github'],
  ['gitea-1.22.6', '.gitea'],
] as const) {
  describe(`the README's steps in a repository on ${flavour}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    const mine = join(folder, 'mine');
    const forge = await startForge({ flavour });
    after(async () => {
      await forge.close();
      rmSync(folder, { recursive: true, force: true });
    });
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const source = forge.repo('SOURCE/switchyard', { defaultBranch: 'main' });
    const files = readdirSync(join(root, 'vendor')).map((file) => `vendor/${file}`);
    const contents = files.map((path) => [path, readFileSync(join(root, path), 'utf8')]);
    const release = { branch: 'main', message: 'v1.0.0', files: Object.fromEntries(contents), by: 'ada' };
    source.setTag('v1.0.0', source.pushCommit(release));
    const repo = forge.repo('OWNER/NAME', { defaultBranch: 'main' });
    const path = `${home}/workflows/ci.yml`;
    const sha = repo.pushCommit({ branch: 'main', message: 'first', files: { [path]: ci }, by: 'ada' });
    const state = { status: 'completed', conclusion: 'success' } as const;
    if (flavour === 'github')
      repo.addRun({ file: 'ci.yml', sha, event: 'push', ...state, jobs: [{ name: 'build', ...state }] });
    else
      repo.setStatus(sha, {
        context: 'CI / build (push)',
        status: 'success',
        description: 'Successful in 1s',
        targetUrl: '/OWNER/NAME/actions/runs/1/jobs/0',
        creator: null,
      });

    test('end with a go for a commit that is green, and files that are what was released', async () => {
      const [clone, login, api, add, lint, gate, ...more] = readSteps('In your repository') as string[];
      assert.match(clone ?? '', /^git clone \S+ \.\.\/switchyard$/);
      assert.match(readme, /^export SWITCHYARD_API_URL=\S+ +# on Gitea and Forgejo alone$/m);
      assert.deepEqual(more, []);
      cpSync(join(root, 'vendor'), join(folder, 'switchyard', 'vendor'), { recursive: true });
      mkdirSync(join(mine, home, 'workflows'), { recursive: true });
      writeFileSync(join(mine, path), ci);
      const steps = [
        login?.replace('…', token),
        api?.replace('https://HOST/api/v1', forge.apiUrl),
        add,
        lint,
        gate?.replace('"$(git rev-parse origin/main)"', sha),
        'node vendor/vendor-sync.mjs check',
      ] as string[];
      const { code, output } = await type(steps, mine);
      assert.equal(code, 0, output);
      assert.match(output, /^vendor-sync: added: /m);
      assert.match(output, /^1 files, 0 errors, 0 warnings$/m);
      assert.match(output, /^e2e-gate: go: /m);
      assert.match(output, /^vendor-sync: in-sync: vendor holds the 3 locked scripts of /m);
      assert.deepEqual(forge.unexpected, []);
    });
  });
}

describe('what there is to paste', () => {
  const pages = ['README.md', 'docs/from-bash.md', 'docs/lint-workflow-yaml.md'];
  const blocks = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
      ([, text = ''], index): [string, string] => [`block ${index + 1} of ${page}`, text],
    ),
  );
  const files = ['github', 'gitea'].flatMap((side) =>
    readdirSync(join(root, 'docs/examples', side)).map((file): [string, string] => {
      const path = `docs/examples/${side}/${file}`;
      return [path, readFileSync(join(root, path), 'utf8')];
    }),
  );

  for (const [name, text] of [...blocks, ...files])
    test(`${name}: no expression stands in a shell line, where its value would be run`, () => {
      assert.deepEqual(
        listRuns(parse(text)).filter((run) => run.includes('${{')),
        [],
      );
    });

  test('there is something to look at', () => {
    assert.ok([...blocks, ...files].flatMap(([, text]) => listRuns(parse(text))).length > 40);
  });

  /** Every `run:` below a value. */
  function listRuns(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, below]) =>
      key === 'run' && typeof below === 'string' ? [below] : listRuns(below),
    );
  }
});
