// What git knows of a repository: its objects, commits, branches and tags, and the folder that follows them.
import { BareFolder } from './bare-folder.mjs';
import { ObjectStore } from './git-objects.mjs';
import { diffTrees, findMergeBase, listCommits } from './history.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./git-objects.mjs').Entry} Entry */
/** A point in time: a date, what a date is made from, or milliseconds. @typedef {Date | string | number} When */
/** @typedef {string | Buffer | null | { content: string | Buffer, mode: string }} FileChange null removes the file */
/**
 * @typedef {object} CommitOptions
 * @property {string} [branch] moved to the new commit
 * @property {string} [message]
 * @property {Record<string, FileChange>} [files]
 * @property {string[]} [parents] default: the branch's tip
 * @property {{ name: string, email: string }} [author]
 * @property {{ name: string, email: string }} [committer]
 * @property {When} [at]
 */

export class CommitGraph {
  /**
   * @param {World} world
   * @param {string} fullName
   * @param {string} defaultBranch
   */
  constructor(world, fullName, defaultBranch) {
    this.world = world;
    this.fullName = fullName;
    this.defaultBranch = defaultBranch;
    this.store = new ObjectStore();
    /** @type {Map<string, string>} */
    this.branches = new Map();
    /** @type {Map<string, string>} */
    this.tags = new Map();
    /** Tag objects by their SHA. @type {Map<string, { tag: string, sha: string, at: number, name: string, email: string }>} */
    this.annotations = new Map();
    /** @type {BareFolder | null} */
    this.folder = null;
  }

  get owner() {
    return this.fullName.slice(0, this.fullName.indexOf('/'));
  }

  get name() {
    return this.fullName.slice(this.fullName.indexOf('/') + 1);
  }

  get empty() {
    return this.branches.size === 0;
  }

  /** The login that acts where a test names nobody: the owner, or the first user for an organization. */
  get defaultActor() {
    const owner = this.world.user(this.owner);
    if (owner.kind === 'User') return owner.login;
    return (
      [...this.world.users.values()].find((user) => user.kind === 'User')?.login ??
      this.world.user('octo').login
    );
  }

  /**
   * @param {When | undefined | null} when
   * @returns {number} milliseconds, at a whole second as all forges tell time
   */
  time(when) {
    const ms = when === undefined || when === null ? this.world.now() : new Date(when).getTime();
    return Math.floor(ms / 1000) * 1000;
  }

  /** @param {string} ref a branch or tag, with or without `refs/…`; a commit, in full or from 4 digits */
  resolve(ref) {
    const short = ref.replace(/^refs\/(heads|tags)\//, '');
    const named = this.branches.get(short) ?? this.tags.get(short);
    if (named) return named;
    if (/^[0-9a-f]{40}$/.test(ref)) return this.store.commits.has(ref) ? ref : null;
    if (!/^[0-9a-f]{4,39}$/.test(ref)) return null;
    const found = [...this.store.commits.keys()].filter((sha) => sha.startsWith(ref));
    return found.length === 1 ? /** @type {string} */ (found[0]) : null;
  }

  /** @param {string} ref as `resolve` takes it, or a tree @returns {string | null} the tree's SHA */
  treeOf(ref) {
    const commit = this.resolve(ref);
    if (commit) return this.commitOf(commit).tree;
    return this.store.objects.get(ref)?.type === 'tree' ? ref : null;
  }

  /** @param {string} sha */
  commitOf(sha) {
    const commit = this.store.commits.get(sha);
    if (!commit) throw new Error(`Cannot find commit ${sha} in ${this.fullName}`);
    return commit;
  }

  /**
   * @param {string} sha
   * @param {string} path
   * @returns {Buffer | null}
   */
  readFile(sha, path) {
    const entry = this.store.readTree(this.commitOf(sha).tree).get(path);
    return entry ? this.store.readBlob(entry.sha) : null;
  }

  /**
   * @param {CommitOptions} [options]
   * @returns {string} the commit's SHA
   */
  commit({ branch, message = 'change', files = {}, parents, author, committer, at } = {}) {
    const tip = branch === undefined ? undefined : this.branches.get(branch);
    const from = parents ?? (tip ? [tip] : []);
    const base = from[0] === undefined ? new Map() : this.store.readTree(this.commitOf(from[0]).tree);
    /** @type {Map<string, Entry>} */
    const tree = new Map(base);
    for (const [path, change] of Object.entries(files)) {
      if (change === null) {
        tree.delete(path);
        continue;
      }
      const boxed = typeof change === 'object' && !Buffer.isBuffer(change);
      const content = boxed ? change.content : change;
      const mode = boxed ? change.mode : (tree.get(path)?.mode ?? '100644');
      tree.set(path, { mode, sha: this.store.writeBlob(content) });
    }
    return this.commitTree({
      tree: this.store.writeTree(tree),
      parents: from,
      message,
      ...(branch === undefined ? {} : { branch }),
      ...(author === undefined ? {} : { author }),
      ...(committer === undefined ? {} : { committer }),
      ...(at === undefined ? {} : { at }),
    });
  }

  /**
   * @param {{ tree: string, parents: string[], message: string, branch?: string, author?: { name: string, email: string }, committer?: { name: string, email: string }, at?: When }} options
   */
  commitTree({ tree, parents, message, branch, author, committer, at }) {
    const actor = this.world.user(this.defaultActor);
    const seconds = this.time(at) / 1000;
    const who = { name: actor.name || actor.login, email: actor.email, ...author, seconds };
    const sha = this.store.writeCommit({
      tree,
      parents,
      author: who,
      committer: committer ? { ...committer, seconds } : who,
      message: message.endsWith('\n') ? message : `${message}\n`,
    });
    if (branch !== undefined) this.setBranch(branch, sha);
    return sha;
  }

  /**
   * Puts a branch somewhere, without a push.
   * @param {string} branch
   * @param {string | null} sha null removes it
   */
  setBranch(branch, sha) {
    if (sha === null) this.branches.delete(branch);
    else this.branches.set(branch, sha);
    this.folder?.setRef(`refs/heads/${branch}`, sha);
  }

  /**
   * @param {string} tag
   * @param {string} sha the commit
   * @param {{ at?: When }} [annotated] makes a tag object of it, as `git tag -a` does
   */
  setTag(tag, sha, annotated) {
    this.tags.set(tag, sha);
    let target = sha;
    if (annotated) {
      const actor = this.world.user(this.defaultActor);
      const at = this.time(annotated.at);
      const who = `${actor.name || actor.login} <${actor.email}> ${at / 1000} +0000`;
      const text = `object ${sha}\ntype commit\ntag ${tag}\ntagger ${who}\n\n${tag}\n`;
      target = this.store.write('tag', Buffer.from(text));
      this.annotations.set(target, { tag, sha, at, name: actor.name || actor.login, email: actor.email });
    }
    this.folder?.setRef(`refs/tags/${tag}`, target);
  }

  /**
   * What a ref points at: a tag's own object, where it is annotated.
   * @param {string} ref without `refs/`
   * @param {string} sha the commit
   * @returns {{ type: 'tag' | 'commit', sha: string }}
   */
  objectOf(ref, sha) {
    for (const [object, one] of this.annotations)
      if (ref === `tags/${one.tag}` && one.sha === sha) return { type: 'tag', sha: object };
    return { type: 'commit', sha };
  }

  /**
   * @param {string} from
   * @param {string[]} [not]
   */
  list(from, not = []) {
    return listCommits(this.store, from, not);
  }

  /**
   * @param {string} a
   * @param {string} b
   */
  mergeBase(a, b) {
    return findMergeBase(this.store, a, b);
  }

  /**
   * The commit that last changed a path, as seen from a commit.
   * @param {string} sha
   * @param {string} path a file or a folder
   */
  lastChange(sha, path) {
    return this.list(sha).find((commit) => this.touches(commit, path))?.sha ?? sha;
  }

  /**
   * @param {import('./git-objects.mjs').Commit} commit
   * @param {string} path
   */
  touches(commit, path) {
    const parents = commit.parents.length === 0 ? [null] : commit.parents;
    return parents.every((parent) =>
      diffTrees(this.store, parent ? this.commitOf(parent).tree : null, commit.tree).some(
        (change) => change.filename === path || change.filename.startsWith(`${path}/`),
      ),
    );
  }

  /**
   * Writes a bare repository with everything in it; needs no `git`.
   * @param {string} folder
   */
  exportTo(folder) {
    this.writeAllTo(new BareFolder(folder, this.defaultBranch));
  }

  /** @param {BareFolder} folder */
  writeAllTo(folder) {
    for (const [sha, { type, body }] of this.store.objects) folder.writeObject(sha, type, body);
    for (const [branch, sha] of this.branches) folder.setRef(`refs/heads/${branch}`, sha);
    for (const [tag, sha] of this.tags) folder.setRef(`refs/tags/${tag}`, sha);
  }
}
