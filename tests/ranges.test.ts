import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { commitsOfRange } from '../lib/forge/changes.ts';
import type { Commit } from '../lib/forge/commits.ts';
import { diffTrees } from '../lib/forge/trees.ts';
import { mapBounded } from '../lib/concurrency.ts';

const name = (at: number): string => at.toString(16).padStart(40, '0');

/** A history: commit `i` has parents among those before it. */
const history = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 14 }).map((rows) =>
  rows.map((picks, at): Commit => {
    const parents = at === 0 ? [] : [...new Set(picks.map((pick) => name(pick % at)))];
    return { sha: name(at), parents, message: '', files: [] };
  }),
);

/** As a reader of `git log A..B` would count: one commit at a time, with no thought for cost. */
function naiveRange(all: readonly Commit[], before: string, after: string): string[] {
  const reaches = (from: string, to: string): boolean =>
    from === to ||
    (all.find(({ sha }) => sha === from) as Commit).parents.some((parent) => reaches(parent, to));
  return all.map(({ sha }) => sha).filter((sha) => reaches(after, sha) && !reaches(before, sha));
}

describe('the commits of a push', () => {
  test('are those that git log BEFORE..AFTER lists, on any history', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (all, a, b) => {
        const [before, after] = [name(a % all.length), name(b % all.length)];
        const known = new Map(all.map((commit) => [commit.sha, commit]));
        const range = commitsOfRange(known, before, after)
          ?.map(({ sha }) => sha)
          .sort();
        assert.deepEqual(range, naiveRange(all, before, after).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('of a part of the history are never fewer than of the whole: more, or not known yet', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), fc.nat(), (all, a, b, cut) => {
        const [before, after] = [name(a % all.length), name(b % all.length)];
        const part = new Map(all.slice(cut % all.length).map((commit) => [commit.sha, commit]));
        const range = commitsOfRange(part, before, after);
        if (range === null) return;
        const found = new Set(range.map(({ sha }) => sha));
        for (const sha of naiveRange(all, before, after)) assert.ok(found.has(sha), sha);
      }),
      { numRuns: 500 },
    );
  });
});

describe('two trees', () => {
  test('differ in what was added, changed and removed, whichever comes first', () => {
    const tree = fc
      .dictionary(fc.constantFrom('a', 'b', 'c/d', 'e'), fc.constantFrom('1', '2'))
      .map((files) => new Map(Object.entries(files)));
    fc.assert(
      fc.property(tree, tree, (one, two) => {
        const paths = [...new Set([...one.keys(), ...two.keys()])];
        const expected = paths.filter((path) => one.get(path) !== two.get(path)).sort();
        assert.deepEqual(diffTrees(one, two), expected);
        assert.deepEqual(diffTrees(two, one), expected);
      }),
    );
  });
});

describe('many at a time', () => {
  test('results come in order, and never more run than may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (items, limit) => {
          let [running, most] = [0, 0];
          const results = await mapBounded(items, limit, async (item, at) => {
            most = Math.max(most, ++running);
            for (let turn = 0; turn < item; turn++) await Promise.resolve();
            running--;
            return `${at}:${item}`;
          });
          assert.deepEqual(
            results,
            items.map((item, at) => `${at}:${item}`),
          );
          assert.ok(most <= limit);
        },
      ),
    );
  });

  test('after a failure nothing new is started', async () => {
    let started = 0;
    const work = async (item: number): Promise<number> => {
      started++;
      if (item === 2) throw new Error('two');
      return item;
    };
    await assert.rejects(mapBounded([1, 2, 3, 4, 5, 6], 1, work), /two/);
    assert.equal(started, 2);
  });
});
