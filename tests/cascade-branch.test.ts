// A branch's name that is a tag's too, or a tag's alone: what a tag holds says nothing of the branch.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

const file = '.runtime-version';
const fast = ['--write-interval', '0s'];

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`cascade to a branch on ${flavour}`, async () => {
    const forge = await startForge({ flavour });
    forge.user('ada', { admin: true });
    const env = jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }), repo: 'acme/runtime' });
    after(() => forge.close());

    /** A repository whose tag `stable` holds 0.1.7, with the version of each branch. */
    function makeTagged(name: string, branches: Record<string, string>) {
      const repo = forge.repo(name);
      const push = (branch: string, text: string): void =>
        void repo.pushCommit({ branch, message: branch, files: { [file]: `${text}\n` }, by: 'ada' });
      push('main', '0.1.6');
      push('side', '0.1.7');
      repo.tags.set('stable', repo.branches.get('side') ?? '');
      repo.tags.set('main', repo.branches.get('side') ?? '');
      for (const [branch, text] of Object.entries(branches)) push(branch, text);
      return (branch: string) => repo.readFile(repo.branches.get(branch) ?? '', file)?.toString();
    }

    test('a tag alone is no branch: not-found, also where the tag holds the version', async () => {
      makeTagged('acme/tagged', {});
      for (const more of [[], ['--check'], ['--require-file', file]]) {
        const args = [
          '--version',
          '0.1.7',
          '--target',
          'acme/tagged',
          '--branch',
          'stable',
          ...fast,
          ...more,
        ];
        const result = await runScript('cascade', args, { env, runner: true });
        assert.match(result.stdout, /^acme\/tagged: failed not-found \(Cannot read branch "stable"/m);
        assert.equal(result.code, more.includes('--check') ? 3 : 1);
      }
    });

    test('a branch beside a tag of its name is written, the default branch too', async () => {
      const read = makeTagged('acme/both', { stable: '0.1.5' });
      for (const [branch, more] of [
        ['stable', ['--branch', 'stable']],
        ['main', []],
      ] as const) {
        const args = ['--version', '0.1.7', '--target', 'acme/both', ...fast, ...more];
        const result = await runScript('cascade', args, { env, runner: true });
        assert.match(result.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
        assert.equal(read(branch), '0.1.7\n');
        const again = await runScript('cascade', args, { env, runner: true });
        assert.match(again.stdout, /^cascade: complete: 0 updated, 1 unchanged$/m);
      }
    });

    test('a branch that an empty repository would not have is not made there', async () => {
      const empty = forge.repo('acme/empty');
      const args = ['--version', '0.1.7', '--target', 'acme/empty', ...fast];
      const wrong = await runScript('cascade', [...args, '--branch', 'relaese'], { env, runner: true });
      assert.match(wrong.stdout, /^acme\/empty: failed not-found /m);
      assert.deepEqual([...empty.branches.keys()], []);
      const first = await runScript('cascade', args, { env, runner: true });
      assert.equal(first.code, 0, first.stdout);
      assert.deepEqual([...empty.branches.keys()], ['main']);
    });
  });
}
