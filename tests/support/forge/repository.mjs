// One repository: the record of pushes, statuses, runs, issues, protections and rights on top of its commits.
import { setTimeout as sleep } from 'node:timers/promises';
import { CommitGraph } from './commit-graph.mjs';
import { EMPTY_SHA } from './git-objects.mjs';
import { isAncestor } from './history.mjs';
import { closePullsOf, settleAutoMerges, settleIndirectMerges } from './pulls.mjs';
import { writePushContent } from './push-content.mjs';
import { BareFolder } from './bare-folder.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./commit-graph.mjs').When} When */
/** @typedef {import('./commit-graph.mjs').CommitOptions} CommitOptions */
/** @typedef {import('./pulls.mjs').Pull} Pull */
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
/** @typedef {'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge'} PushKind */
/** @typedef {{ id: number, ref: string, branch: string, before: string, after: string, by: string, at: number, kind: PushKind }} Push */
/** @typedef {{ branch: string, by?: string, force?: boolean, newBranch?: boolean, kind?: PushKind, at?: When }} PushOptions */
/** @typedef {{ id: number, op: string, by: string, ref: string, content: string, at: number }} FeedEntry */
/** @typedef {{ id: number, status: string, context: string, description: string, targetUrl: string, creator: string | null, at: number }} StatusRow */
/** @typedef {{ context: string, status: string, description?: string, targetUrl?: string, creator?: string | null, at?: When }} StatusOptions */
/** @typedef {{ id: number, name: string, attempt?: number, status: string, conclusion: string | null, labels: string[], startedAt: number | null, completedAt: number | null }} Job */
/** @typedef {{ name: string, attempt?: number, status?: string, conclusion?: string | null, labels?: string[], startedAt?: When | null, completedAt?: When | null }} JobOptions */
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

export class Repository extends CommitGraph {
  /**
   * @param {World} world
   * @param {string} fullName
   * @param {RepositoryOptions} options
   */
  constructor(world, fullName, options) {
    super(world, fullName, options.defaultBranch ?? 'main');
    this.id = options.id ?? world.takeId('repository');
    this.private = options.private ?? false;
    this.archived = options.archived ?? false;
    this.fork = options.fork ?? false;
    this.collaborators = new Map(Object.entries(options.collaborators ?? {}));
    this.createdAt = world.now();
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
    if (after === EMPTY_SHA) closePullsOf(this, push);
    if (this.world.isGitHub) settleIndirectMerges(this, push);
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
        ...(job.attempt === undefined ? {} : { attempt: job.attempt }),
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
}
