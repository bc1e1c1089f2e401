// One repository: commits, branches, the record of pushes, statuses, runs, issues, protections and rights.
import { setTimeout as sleep } from 'node:timers/promises';
import { EMPTY_SHA, ObjectStore } from './git-objects.mjs';
import { diffTrees, findMergeBase, isAncestor, listCommits } from './history.mjs';
import { settleAutoMerges } from './pulls.mjs';
import { writePushContent } from './push-content.mjs';
import { BareFolder } from './bare-folder.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./git-objects.mjs').Signature} Signature */
/** @typedef {import('./git-objects.mjs').Entry} Entry */
/** @typedef {import('./pulls.mjs').Pull} Pull */
/** A point in time: a date, what a date is made from, or milliseconds. @typedef {Date | string | number} When */
/**
 * @typedef {object} RepositoryOptions
 * @property {number} [id]
 * @property {string} [defaultBranch]
 * @property {boolean} [private]
 * @property {boolean} [archived]
 * @property {boolean} [fork]
 * @property {string} [git] a folder for a bare repository that follows this one, and is served over HTTP
 * @property {Record<string, 'read' | 'write' | 'admin'>} [collaborators]
 * @property {boolean} [public] readable without any right (the default, unless private)
 */
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
/** @typedef {'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge'} PushKind */
/** @typedef {{ id: number, ref: string, branch: string, before: string, after: string, by: string, at: number, kind: PushKind }} Push */
/** @typedef {{ branch: string, by?: string, force?: boolean, newBranch?: boolean, kind?: PushKind, at?: When }} PushOptions */
/** @typedef {{ id: number, op: string, by: string, ref: string, content: string, at: number }} FeedEntry */
/** @typedef {{ id: number, status: string, context: string, description: string, targetUrl: string, creator: string | null, at: number }} StatusRow */
/** @typedef {{ context: string, status: string, description?: string, targetUrl?: string, creator?: string | null, at?: When }} StatusOptions */
/** @typedef {{ id: number, name: string, status: string, conclusion: string | null, labels: string[], startedAt: number | null, completedAt: number | null }} Job */
/** @typedef {{ name: string, status?: string, conclusion?: string | null, labels?: string[], startedAt?: When | null, completedAt?: When | null }} JobOptions */
/**
 * @typedef {object} Run
 * @property {number} id
 * @property {number} number
 * @property {string} file
 * @property {string} sha
 * @property {string} event
 * @property {string | null} branch
 * @property {string} status
 * @property {string | null} conclusion
 * @property {number} attempt
 * @property {string} title
 * @property {string} actor
 * @property {number} createdAt
 * @property {number | null} startedAt
 * @property {number | null} completedAt
 * @property {Job[]} jobs
 * @property {unknown} [inputs]
 */
/**
 * @typedef {object} RunOptions
 * @property {string} file the workflow's file name, or its path
 * @property {string} sha
 * @property {string} [event] default `push`
 * @property {string | null} [branch] default: the default branch
 * @property {string} [status] default `completed`
 * @property {string | null} [conclusion] default `success` when completed
 * @property {number} [attempt]
 * @property {string} [title]
 * @property {string} [actor]
 * @property {When} [at]
 * @property {When | null} [startedAt]
 * @property {When | null} [completedAt]
 * @property {JobOptions[]} [jobs] default: one job that ended like the run
 * @property {unknown} [inputs]
 */
/**
 * @typedef {object} Protection
 * @property {string[]} [contexts] checks that must have succeeded
 * @property {boolean} [strict] the branch must be up to date with its base (GitHub)
 * @property {number} [approvals]
 * @property {boolean} [queue] whatever is merged goes through a merge queue (GitHub)
 * @property {boolean} [push] false: nobody may push or write files
 */
/** @typedef {{ id: number, number: number, title: string, body: string, state: 'open' | 'closed', user: string, labels: string[], comments: { id: number, body: string, user: string, at: number }[], createdAt: number, updatedAt: number, closedAt: number | null }} Issue */

export class Repository {
  /**
   * @param {World} world
   * @param {string} fullName
   * @param {RepositoryOptions} options
   */
  constructor(world, fullName, options) {
    this.world = world;
    this.fullName = fullName;
    this.id = options.id ?? world.takeId('repository');
    this.defaultBranch = options.defaultBranch ?? 'main';
    this.private = options.private ?? false;
    this.archived = options.archived ?? false;
    this.fork = options.fork ?? false;
    this.collaborators = new Map(Object.entries(options.collaborators ?? {}));
    this.createdAt = world.now();
    this.store = new ObjectStore();
    /** @type {Map<string, string>} */
    this.branches = new Map();
    /** @type {Map<string, string>} */
    this.tags = new Map();
    /** Tag objects by their SHA. @type {Map<string, { tag: string, sha: string, at: number, name: string, email: string }>} */
    this.annotations = new Map();
    /** Where each branch stood after its last push. @type {Map<string, string>} */
    this.pushedTips = new Map();
    /** @type {Push[]} */
    this.pushes = [];
    /** @type {FeedEntry[]} */
    this.feed = [];
    /** @type {Map<string, StatusRow[]>} */
    this.statuses = new Map();
    /** @type {Run[]} */
    this.runs = [];
    /** @type {Pull[]} */
    this.pulls = [];
    /** @type {Issue[]} */
    this.issues = [];
    /** @type {Map<string, Protection>} */
    this.protections = new Map();
    /** @type {{ event: string, payload: unknown }[]} */
    this.dispatches = [];
    /** What the next merges of pull requests are refused with. @type {string[]} */
    this.mergeRefusals = [];
    this.nextNumber = 1;
    /** Whether pull requests can be armed (GitHub). */
    this.allowAutoMerge = true;
    /** @type {Map<string, number>} */
    this.workflowIds = new Map();
    /** How long a write takes between reading the tip and moving it: above 0, parallel writes race. */
    this.writeDelayMs = 0;
    /** So many writes must have read the tip before the first of them moves it: a race without a clock. */
    this.racers = 0;
    /** @type {(() => void)[]} */
    this.waitingRacers = [];
    /** @type {BareFolder | null} */
    this.folder = null;
    world.user(this.owner, world.users.has(this.owner.toLowerCase()) ? {} : { kind: 'Organization' });
    if (options.git) this.follow(options.git);
  }

  /** Holds a write between reading the tip and moving it. */
  async holdWrite() {
    if (this.writeDelayMs > 0) await sleep(this.writeDelayMs);
    if (this.racers === 0) return;
    await new Promise((resolve) => {
      this.waitingRacers.push(() => resolve(undefined));
      if (this.waitingRacers.length < this.racers) return;
      for (const go of this.waitingRacers.splice(0)) go();
    });
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
   * Records that a branch was pushed: from where its last push left it to where it is now.
   * @param {PushOptions} options
   * @returns {Push}
   */
  push({ branch, by = this.defaultActor, force, newBranch, kind, at }) {
    const before = newBranch ? EMPTY_SHA : (this.pushedTips.get(branch) ?? EMPTY_SHA);
    const after = this.branches.get(branch) ?? EMPTY_SHA;
    const rewritten = before !== EMPTY_SHA && after !== EMPTY_SHA && !isAncestor(this.store, before, after);
    /** @type {Push} */
    const push = {
      id: this.world.takeId('push'),
      ref: `refs/heads/${branch}`,
      branch,
      before,
      after,
      by,
      at: this.time(at),
      kind:
        kind ??
        (after === EMPTY_SHA
          ? 'branch_deletion'
          : before === EMPTY_SHA
            ? 'branch_creation'
            : (force ?? rewritten)
              ? 'force_push'
              : 'push'),
    };
    this.pushes.push(push);
    if (after === EMPTY_SHA) this.pushedTips.delete(branch);
    else this.pushedTips.set(branch, after);
    if (before === EMPTY_SHA)
      this.addFeed({ op: 'commit_repo', by, ref: push.ref, content: '', at: push.at });
    if (after !== EMPTY_SHA) {
      this.addFeed({
        op: 'commit_repo',
        by,
        ref: push.ref,
        content: writePushContent(this, push),
        at: push.at,
      });
    } else this.addFeed({ op: 'delete_branch', by, ref: push.ref, content: '', at: push.at });
    this.world.onPush?.(this, push);
    return push;
  }

  /**
   * Commits to a branch and pushes it.
   * @param {CommitOptions & { branch: string, by?: string, force?: boolean }} options
   * @returns {string} the commit's SHA
   */
  pushCommit({ by, force, ...commit }) {
    const sha = this.commit(commit);
    this.push({
      branch: commit.branch,
      ...(by === undefined ? {} : { by }),
      ...(force === undefined ? {} : { force }),
      ...(commit.at === undefined ? {} : { at: commit.at }),
    });
    return sha;
  }

  /** @param {Omit<FeedEntry, 'id'>} entry */
  addFeed(entry) {
    this.feed.push({ id: this.world.takeId('feed'), ...entry });
  }

  /**
   * Appends a row to a commit's statuses.
   * @param {string} sha
   * @param {StatusOptions} options
   * @returns {StatusRow}
   */
  setStatus(sha, { context, status, description = '', targetUrl = '', creator = null, at }) {
    const rows = this.statuses.get(sha) ?? [];
    /** @type {StatusRow} */
    const row = { id: rows.length + 1, status, context, description, targetUrl, creator, at: this.time(at) };
    this.statuses.set(sha, [...rows, row]);
    if (status === 'success') settleAutoMerges(this, sha);
    return row;
  }

  /**
   * The newest row of each context, oldest row first.
   * @param {string} sha
   */
  latestStatuses(sha) {
    /** @type {Map<string, StatusRow>} */
    const latest = new Map();
    for (const row of this.statuses.get(sha) ?? []) latest.set(row.context, row);
    return [...latest.values()].sort((a, b) => a.id - b.id);
  }

  /**
   * @param {RunOptions} options
   * @returns {Run} the live object: change it, and the next answer shows it
   */
  addRun({
    file,
    sha,
    event = 'push',
    branch = this.defaultBranch,
    status = 'completed',
    attempt = 1,
    ...rest
  }) {
    const createdAt = this.time(rest.at);
    const started =
      status !== 'queued' && status !== 'waiting' && status !== 'pending' && status !== 'requested';
    const conclusion =
      status === 'completed' ? (rest.conclusion === undefined ? 'success' : rest.conclusion) : null;
    const when = (/** @type {When | null | undefined} */ value, /** @type {boolean} */ due) =>
      value === null ? null : value !== undefined ? this.time(value) : due ? createdAt : null;
    const number = this.runs.length + 1;
    const jobs = rest.jobs ?? [{ name: 'build', status, conclusion }];
    /** @type {Run} */
    const run = {
      id: this.world.takeId('run'),
      number,
      file,
      sha,
      event,
      branch,
      status,
      conclusion,
      attempt,
      title: rest.title ?? (this.store.commits.get(sha)?.message.split('\n')[0] || file),
      actor: rest.actor ?? this.defaultActor,
      createdAt,
      startedAt: when(rest.startedAt, started),
      completedAt: when(rest.completedAt, status === 'completed'),
      jobs: jobs.map((job) => ({
        id: this.world.takeId('job'),
        name: job.name,
        status: job.status ?? 'completed',
        conclusion:
          job.conclusion === undefined
            ? (job.status ?? 'completed') === 'completed'
              ? 'success'
              : null
            : job.conclusion,
        labels: job.labels ?? ['ubuntu-latest'],
        startedAt: when(job.startedAt, started),
        completedAt: when(job.completedAt, (job.status ?? 'completed') === 'completed'),
      })),
      ...(rest.inputs === undefined ? {} : { inputs: rest.inputs }),
    };
    this.runs.push(run);
    return run;
  }

  /**
   * @param {{ title: string, body?: string, user?: string, labels?: string[], at?: When }} options
   * @returns {Issue}
   */
  addIssue({ title, body = '', user = this.defaultActor, labels = [], at }) {
    const now = this.time(at);
    /** @type {Issue} */
    const issue = {
      id: this.world.takeId('issue'),
      number: this.nextNumber++,
      title,
      body,
      state: 'open',
      user,
      labels,
      comments: [],
      createdAt: now,
      updatedAt: now,
      closedAt: null,
    };
    this.issues.push(issue);
    this.addFeed({ op: 'create_issue', by: user, ref: '', content: `${issue.number}|${title}`, at: now });
    return issue;
  }

  /**
   * @param {string} branch
   * @returns {Protection | null}
   */
  protectionOf(branch) {
    for (const [pattern, protection] of this.protections) {
      if (pattern === branch) return protection;
      const glob = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`);
      if (pattern.includes('*') && glob.test(branch)) return protection;
    }
    return null;
  }

  /**
   * @param {string} branch or a pattern
   * @param {Protection} [protection]
   */
  protect(branch, protection = {}) {
    this.protections.set(branch, { push: false, ...protection });
  }

  /**
   * @param {string | null} login null: nobody is signed in
   * @returns {'none' | 'read' | 'write' | 'admin'}
   */
  accessOf(login) {
    const floor = this.private ? 'none' : 'read';
    if (login === null) return floor;
    const user = this.world.users.get(login.toLowerCase());
    if (user?.admin || login.toLowerCase() === this.owner.toLowerCase()) return 'admin';
    return this.collaborators.get(login) ?? floor;
  }

  /** @param {string} file a workflow's file name or path */
  workflowId(file) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const id = this.workflowIds.get(name) ?? this.id * 1000 + this.workflowIds.size + 1;
    this.workflowIds.set(name, id);
    return id;
  }

  /**
   * Workflow files at a commit, by file name.
   * @param {string} sha
   * @returns {{ file: string, path: string, name: string, text: string }[]}
   */
  workflowsAt(sha) {
    const folders = this.world.isGitHub
      ? ['.github/workflows/']
      : ['.gitea/workflows/', '.github/workflows/'];
    const tree = this.store.readTree(this.commitOf(sha).tree);
    const folder = folders.find((each) => [...tree.keys()].some((path) => path.startsWith(each)));
    return [...tree]
      .filter(([path]) => folder !== undefined && path.startsWith(folder) && /\.ya?ml$/.test(path))
      .map(([path, entry]) => {
        const text = this.store.readBlob(entry.sha).toString('utf8');
        const name = /^name:[ \t]*(.+?)[ \t]*$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2') ?? '';
        return { file: path.slice(path.lastIndexOf('/') + 1), path, name, text };
      });
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
   * Lets a bare repository in a folder follow every object and ref from now on.
   * @param {string} folder
   */
  follow(folder) {
    this.folder = new BareFolder(folder, this.defaultBranch);
    this.folder.readInto(this);
    for (const [branch, sha] of this.branches)
      if (!this.pushedTips.has(branch)) this.pushedTips.set(branch, sha);
    this.writeAllTo(this.folder);
    this.store.onWrite = (sha, type, body) => this.folder?.writeObject(sha, type, body);
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
