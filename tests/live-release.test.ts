import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { callLive, createLiveRepository, settledStatuses, skipLive } from './support/live-gitea.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tag = `v${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}`;
const list = (folder: string, pattern: RegExp): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(root, folder))
      .filter((file) => pattern.test(file))
      .map((file) => [`${folder}/${file}`, readFileSync(join(root, folder, file), 'utf8')]),
  );

// As in .gitea/workflows/release.yml, but for the checkout, which comes from another server there.
const workflow = `name: Release
on:
  push:
    tags: ['v*']
jobs:
  publish:
    name: Publish
    runs-on: ubuntu-latest
    steps:
      - env:
          GITHUB_TOKEN: \${{ github.token }}
        run: |
          git clone -q --branch "$GITHUB_REF_NAME" "http://x:$GITHUB_TOKEN@\${GITHUB_SERVER_URL#http://}/$GITHUB_REPOSITORY.git" here
          cd here
          node .ci/release.mjs check
          node .ci/release.mjs publish
          node .ci/release.mjs publish
`;

describe('a release on a real Gitea, by a job with its own token', { skip: skipLive }, () => {
  let live: Awaited<ReturnType<typeof createLiveRepository>>;
  before(async () => {
    live = await createLiveRepository();
  });
  after(() => live.remove());

  test('a tag makes the release with all of vendor/, and made again it is left alone', async () => {
    const vendor = list('vendor', /./);
    const files = { ...vendor, ...list('.ci', /\.mjs$/), '.gitea/workflows/release.yml': workflow };
    const sha = live.commit(
      { ...files, 'package.json': readFileSync(join(root, 'package.json'), 'utf8') },
      'first',
    );
    live.push();
    live.git('tag', '-a', tag, '-m', tag);
    live.git('push', '-q', 'origin', tag);
    const [status] = await settledStatuses(live.repo, sha);
    assert.equal(status?.status, 'success', JSON.stringify(status));
    assert.equal(status?.context, 'Release / Publish (push)');
    const { body } = await callLive('GET', `/repos/${live.repo}/releases/tags/${tag}`);
    assert.equal(body.draft, false);
    const sizes = Object.fromEntries(
      body.assets.map(({ name, size }: { name: string; size: number }) => [`vendor/${name}`, size]),
    );
    const wanted = Object.entries(vendor).map(([path, text]) => [path, Buffer.byteLength(text)]);
    assert.deepEqual(sizes, Object.fromEntries(wanted));
  });
});
