// The tenant list as a server gives it: whole, or it is no list; and the addresses it is asked at.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startTenants } from './support/tenants.mjs';
import { pushLine, startWorld } from './support/world.mjs';

describe('the tenant list of a server', async () => {
  const { forge, repo, token } = await startWorld('github');
  const [, ours] = pushLine(repo, 2) as [string, string];
  const fleet = await startTenants([{ slug: 'a', sha: ours }]);
  let headers: Record<string, string> = {};
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(fleet.list));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${port}/tenants`;
  after(async () => {
    server.close();
    server.closeAllConnections();
    await fleet.close();
    await forge.close();
  });
  const verify = (more: Record<string, string> = {}) =>
    runScript('prod-auto-deploy', ['verify', '--wait', '0s'], {
      env: {
        ...jobEnvironment(forge, { token, sha: ours }),
        DEPLOY_TENANTS_URL: url,
        DEPLOY_ADMIN_TOKEN: 'admin-token-1',
        ...more,
      },
      runner: true,
    });

  const rows: [name: string, headers: Record<string, string>, code: number][] = [
    ['that says nothing of pages is whole', {}, 0],
    ['that counts what it shows is whole', { 'x-total-count': '1' }, 0],
    ['with links to its first and last page alone is whole', { link: `<${url}?page=1>; rel="last"` }, 0],
    ['whose count is no number is taken by what it shows', { 'x-total-count': 'many' }, 0],
    ['that counts more than it shows is a page', { 'x-total-count': '2' }, 3],
    ['with a link to the next page is a page', { link: `<${url}?page=2>; rel="next"` }, 3],
    ['with that link unquoted, after others', { link: `<x>; rel=first, <y>; title="z"; rel=next` }, 3],
  ];
  for (const [name, given, code] of rows) {
    test(`one ${name}: ${code === 0 ? 'go' : 'it cannot be told'}`, async () => {
      headers = given;
      const before = fleet.tenants.get('a')?.requests.length;
      const result = await verify();
      assert.equal(result.code, code, result.stdout);
      assert.equal(result.outputs['proceed'], String(code === 0));
      if (code === 0) return;
      assert.match(
        result.outputs['reason'] ?? '',
        /^Cannot read the tenant list: GET \/tenants answered 1 tenant of a longer list; /,
      );
      assert.equal(fleet.tenants.get('a')?.requests.length, before);
    });
  }

  for (const [script, variable] of [
    ['verify', 'DEPLOY_TENANTS_URL'],
    ['plan', 'DEPLOY_TENANTS_URL'],
    ['plan', 'DEPLOY_CP_URL'],
    ['rollout', 'DEPLOY_CP_URL'],
  ] as const) {
    test(`${script} refuses ${variable} with credentials before anything is asked, and shows none`, async () => {
      headers = {};
      asked = 0;
      const calls = forge.requests.length;
      const env = {
        ...jobEnvironment(forge, { token, sha: ours }),
        DEPLOY_CP_URL: `http://127.0.0.1:${port}`,
        DEPLOY_TENANTS_URL: url,
        DEPLOY_ADMIN_TOKEN: 'admin-token-1',
        [variable]: `http://ann:pass-word-1@127.0.0.1:${port}/tenants`,
      };
      const result = await runScript('prod-auto-deploy', [script], { env, runner: true });
      assert.equal(result.code, 2, result.stdout);
      assert.match(
        result.stdout,
        new RegExp(`\\(${variable}\\): it holds credentials; .*DEPLOY_ADMIN_TOKEN`),
      );
      assert.doesNotMatch(result.stdout + result.stderr + result.summary, /pass-word-1/);
      assert.equal(asked, 0);
      assert.equal(forge.requests.length, calls);
    });
  }
});
