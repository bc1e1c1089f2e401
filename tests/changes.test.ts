import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fetchChanges } from '../lib/forge/changes.ts';
import type { Forge, Push } from '../lib/forge/forge.ts';
import { Shape } from '../lib/shape.ts';

const [before, after] = ['b'.repeat(40), 'a'.repeat(40)];
const push: Push = { ref: 'refs/heads/main', before, after, byJobToken: false, by: 'ada' };

/** GitHub, whose compare answers this. */
function gitHub(more: object): Forge {
  const body = {
    base_commit: { sha: before },
    ahead_by: 2,
    behind_by: 0,
    commits: [],
    files: [{ filename: 'docs/a.md' }],
    ...more,
  };
  const read = (_: object, map: (body: Shape) => unknown) => Promise.resolve(map(new Shape(body)));
  return { kind: 'github', repo: 'o/r', api: { read } } as unknown as Forge;
}

describe('the files that a push to GitHub changed', () => {
  const files = (count: number) => Array.from({ length: count }, (_, at) => ({ filename: `docs/${at}.md` }));
  const rows: [string, object, boolean][] = [
    ['a few commits', {}, true],
    ['299 files', { files: files(299) }, true],
    ['300 files, where GitHub cuts', { files: files(300) }, false],
    ['1,000 commits', { ahead_by: 1000 }, true],
    ['1,001 commits, which GitHub filters no longer', { ahead_by: 1001 }, false],
  ];
  for (const [name, more, complete] of rows) {
    test(`${name}: ${complete ? 'all of them' : 'not to be relied on'}`, async () => {
      assert.equal((await fetchChanges(gitHub(more), push)).complete, complete);
    });
  }

  test('a rename changes both names', async () => {
    const renamed = [{ filename: 'docs/a.md', previous_filename: 'src/a.md' }];
    assert.deepEqual((await fetchChanges(gitHub({ files: renamed }), push)).files, ['docs/a.md', 'src/a.md']);
  });

  test('of a force push, a file that only became executable has changed too', async () => {
    const tree = (mode: string) => ({
      truncated: false,
      tree: [
        { path: 'src', mode: '040000', type: 'tree', sha: after },
        { path: 'src/run.sh', mode, type: 'blob', sha: before },
        { path: 'src/a.ts', mode: '100644', type: 'blob', sha: before },
      ],
    });
    const compared = { base_commit: { sha: before }, ahead_by: 1, behind_by: 1, commits: [], files: [] };
    const read = ({ path }: { path: string }, map: (body: Shape) => unknown) => {
      if (path.includes('/compare/')) return Promise.resolve(map(new Shape(compared)));
      return Promise.resolve(map(new Shape(tree(path.endsWith(after) ? '100755' : '100644'))));
    };
    const forge = { kind: 'github', repo: 'o/r', api: { read } } as unknown as Forge;
    assert.deepEqual(await fetchChanges(forge, push), { files: ['src/run.sh'], complete: true });
  });

  test('a push that ends where it starts brought nothing that is known', async () => {
    assert.equal((await fetchChanges(gitHub({}), { ...push, before: after })).complete, false);
  });
});
