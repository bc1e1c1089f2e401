// Questions about the commit graph: ancestry, ranges, merge bases, changes between two trees, three-way merges.
/** @typedef {import('./git-objects.mjs').ObjectStore} ObjectStore */
/** @typedef {import('./git-objects.mjs').Commit} Commit */
/** @typedef {import('./git-objects.mjs').Entry} Entry */
/** @typedef {{ filename: string, status: 'added' | 'modified' | 'removed', sha: string, additions: number, deletions: number }} Change */

/**
 * All commits that can be reached, the starting one included.
 * @param {ObjectStore} store
 * @param {string | undefined} from
 */
export function findReachable(store, from) {
  /** @type {Set<string>} */
  const seen = new Set();
  const waiting = from ? [from] : [];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (seen.has(sha)) continue;
    const commit = store.commits.get(sha);
    if (!commit) continue;
    seen.add(sha);
    waiting.push(...commit.parents);
  }
  return seen;
}

/**
 * Commits of `from` that are not in `not`, newest first, a child always before its parents.
 * @param {ObjectStore} store
 * @param {string | undefined} from
 * @param {Iterable<string>} [not]
 * @returns {Commit[]}
 */
export function listCommits(store, from, not = []) {
  const hidden = new Set();
  for (const sha of not) for (const reached of findReachable(store, sha)) hidden.add(reached);
  const shown = [...findReachable(store, from)].filter((sha) => !hidden.has(sha));
  /** @type {Map<string, number>} */
  const children = new Map(shown.map((sha) => [sha, 0]));
  for (const sha of shown) {
    for (const parent of store.commits.get(sha)?.parents ?? []) {
      if (children.has(parent)) children.set(parent, (children.get(parent) ?? 0) + 1);
    }
  }
  /** @type {Commit[]} */
  const order = [];
  const ready = shown.filter((sha) => children.get(sha) === 0);
  while (ready.length > 0) {
    let best = 0;
    for (let i = 1; i < ready.length; i++)
      if (secondsOf(store, ready[i]) > secondsOf(store, ready[best])) best = i;
    const sha = /** @type {string} */ (ready.splice(best, 1)[0]);
    const commit = /** @type {Commit} */ (store.commits.get(sha));
    order.push(commit);
    for (const parent of commit.parents) {
      const left = (children.get(parent) ?? 0) - 1;
      if (children.has(parent)) children.set(parent, left);
      if (left === 0 && children.has(parent)) ready.push(parent);
    }
  }
  return order;
}

/**
 * @param {ObjectStore} store
 * @param {string | undefined} sha
 */
function secondsOf(store, sha) {
  return store.commits.get(sha ?? '')?.committer.seconds ?? 0;
}

/**
 * The best common ancestor, or null where the histories are unrelated.
 * @param {ObjectStore} store
 * @param {string} a
 * @param {string} b
 */
export function findMergeBase(store, a, b) {
  const ofB = findReachable(store, b);
  return listCommits(store, a).find((commit) => ofB.has(commit.sha))?.sha ?? null;
}

/**
 * @param {ObjectStore} store
 * @param {string} ancestor
 * @param {string} descendant
 */
export function isAncestor(store, ancestor, descendant) {
  return findReachable(store, descendant).has(ancestor);
}

/**
 * @param {ObjectStore} store
 * @param {string | null} before a tree, or null for none
 * @param {string | null} after a tree
 * @returns {Change[]}
 */
export function diffTrees(store, before, after) {
  const old = before ? store.readTree(before) : new Map();
  const now = after ? store.readTree(after) : new Map();
  /** @type {Change[]} */
  const changes = [];
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const was = old.get(path);
    const is = now.get(path);
    if (was?.sha === is?.sha && was?.mode === is?.mode) continue;
    const removed = was ? countLines(store, was.sha) : 0;
    const added = is ? countLines(store, is.sha) : 0;
    changes.push({
      filename: path,
      status: !was ? 'added' : !is ? 'removed' : 'modified',
      sha: (is ?? was)?.sha ?? '',
      additions: added,
      deletions: removed,
    });
  }
  return changes;
}

/**
 * What a commit changed against its first parent.
 * @param {ObjectStore} store
 * @param {Commit} commit
 */
export function diffCommit(store, commit) {
  const parent = store.commits.get(commit.parents[0] ?? '');
  return diffTrees(store, parent?.tree ?? null, commit.tree);
}

/**
 * @param {ObjectStore} store
 * @param {string} sha
 */
function countLines(store, sha) {
  const text = store.readBlob(sha).toString('utf8');
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/**
 * Merges whole files: a file that both sides changed differently is a conflict, whatever its lines.
 * @param {ObjectStore} store
 * @param {{ base: string | null, ours: string, theirs: string }} commits
 * @returns {{ files: Map<string, Entry>, conflicts: string[] }}
 */
export function mergeFiles(store, { base, ours, theirs }) {
  const treeOf = (/** @type {string | null} */ sha) => {
    const tree = store.commits.get(sha ?? '')?.tree;
    return tree ? store.readTree(tree) : new Map();
  };
  const [old, our, their] = [treeOf(base), treeOf(ours), treeOf(theirs)];
  const files = new Map(our);
  /** @type {string[]} */
  const conflicts = [];
  for (const path of [...new Set([...old.keys(), ...our.keys(), ...their.keys()])].sort()) {
    const key = (/** @type {Entry | undefined} */ entry) => (entry ? `${entry.mode} ${entry.sha}` : '');
    const [o, a, b] = [key(old.get(path)), key(our.get(path)), key(their.get(path))];
    if (a === b || o === b) continue;
    if (o !== a) {
      conflicts.push(path);
      continue;
    }
    const entry = their.get(path);
    if (entry) files.set(path, entry);
    else files.delete(path);
  }
  return { files, conflicts };
}
