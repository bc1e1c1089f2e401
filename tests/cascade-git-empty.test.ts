// An empty repository gets its first commit, so that it is empty must be proved.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cascade-git-empty-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const types = ['text/plain', 'application/json', 'application/x-git-upload-pack-advertisement'];
for (const [index, type] of types.entries()) {
  test(
    `branches that are answered with nothing (${type}) are not told to be none`,
    { skip: withoutGit },
    async () => {
      const forge = await startForge({ flavour: 'gitea-1.22.6' });
      forge.user('ada', { admin: true });
      const token = forge.addToken({ user: 'ada' });
      const repo = forge.repo('acme/a', { git: join(folder, `${index}.git`) });
      repo.pushCommit({ branch: 'main', message: 'first', files: { a: '1' }, by: 'ada' });
      const [listener] = forge.server.listeners('request') as ((...args: unknown[]) => void)[];
      forge.server.removeAllListeners('request');
      forge.server.on('request', (request, response) => {
        if (!/service=git-upload-pack/.test(request.url ?? ''))
          return listener?.call(forge.server, request, response);
        response.writeHead(200, { 'content-type': type }).end();
      });
      const args = ['--version', '0.1.7', '--transport', 'git', '--target', 'acme/a'];
      const env = { ...jobEnvironment(forge, { token, repo: 'acme/runtime' }), GITHUB_SERVER_URL: forge.url };
      const result = await runScript('cascade', args, { env, runner: true });
      await forge.close();
      assert.equal(result.code, 1, result.stdout);
      assert.deepEqual([...repo.branches.keys()], ['main'], result.stdout);
      assert.equal(repo.pushes.length, 1);
    },
  );
}
