// Pull requests: making, checking and merging them, as every forge does behind its own API.
import { findMergeBase, isAncestor, listCommits, mergeFiles } from './history.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').When} When */
/**
 * @typedef {object} Pull
 * @property {number} id
 * @property {number} issueId
 * @property {number} number
 * @property {string} title
 * @property {string} body
 * @property {string} head
 * @property {string} headOwner
 * @property {string} base
 * @property {string} user
 * @property {'open' | 'closed'} state
 * @property {boolean} draft
 * @property {boolean} merged
 * @property {string | null} mergeSha
 * @property {string | null} mergedBy
 * @property {string | null} lastHead the head when it was closed
 * @property {number} approvals
 * @property {boolean} unresolved an unresolved conversation blocks it (GitHub)
 * @property {boolean} checking the forge has not yet found out whether it merges
 * @property {{ by: string, method: string, title: string | null, message: string | null } | null} autoMerge
 * @property {string | null} queuedHead the head with which it stands in the merge queue (GitHub)
 * @property {string[]} labels
 * @property {{ id: number, body: string, user: string, at: number }[]} comments
 * @property {number} createdAt
 * @property {number} updatedAt
 * @property {number | null} mergedAt
 * @property {number | null} closedAt
 */
/** @typedef {'merge' | 'squash' | 'rebase' | 'fast-forward-only'} MergeMethod */
/** @typedef {{ title: string, head: string, base: string, body?: string, by?: string, draft?: boolean, headOwner?: string, at?: When }} PullOptions */

/**
 * @param {Repository} repo
 * @param {PullOptions} options
 * @returns {Pull}
 */
export function openPull(
  repo,
  { title, head, base, body = '', by = repo.defaultActor, draft = false, headOwner, at },
) {
  const now = repo.time(at);
  /** @type {Pull} */
  const pull = {
    id: repo.world.takeId('pull'),
    issueId: repo.world.takeId('issue'),
    number: repo.nextNumber++,
    title,
    body,
    head,
    headOwner: headOwner ?? repo.owner,
    base,
    user: by,
    state: 'open',
    draft,
    merged: false,
    mergeSha: null,
    mergedBy: null,
    lastHead: null,
    approvals: 0,
    unresolved: false,
    checking: false,
    autoMerge: null,
    queuedHead: null,
    labels: [],
    comments: [],
    createdAt: now,
    updatedAt: now,
    mergedAt: null,
    closedAt: null,
  };
  repo.pulls.push(pull);
  repo.addFeed({ op: 'create_pull_request', by, ref: '', content: `${pull.number}|${title}`, at: now });
  return pull;
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function headOf(repo, pull) {
  return (pull.state === 'closed' ? pull.lastHead : null) ?? repo.branches.get(pull.head) ?? '';
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function baseOf(repo, pull) {
  return repo.branches.get(pull.base) ?? '';
}

/**
 * @param {Repository} repo
 * @param {string} ours
 * @param {string} theirs
 */
export function findConflicts(repo, ours, theirs) {
  const base = findMergeBase(repo.store, ours, theirs);
  return mergeFiles(repo.store, { base, ours, theirs }).conflicts;
}

/**
 * Makes the commit that brings `theirs` into `ours`; null where files conflict.
 * @param {Repository} repo
 * @param {{ ours: string, theirs: string, message: string, by: string, at?: When }} options
 */
export function makeMergeCommit(repo, { ours, theirs, message, by, at }) {
  const base = findMergeBase(repo.store, ours, theirs);
  const { files, conflicts } = mergeFiles(repo.store, { base, ours, theirs });
  if (conflicts.length > 0) return null;
  const tree = repo.store.writeTree(files);
  return repo.commitTree({
    tree,
    parents: [ours, theirs],
    message,
    author: signerOf(repo, by),
    ...(at === undefined ? {} : { at }),
  });
}

/**
 * @param {Repository} repo
 * @param {string} login
 */
function signerOf(repo, login) {
  const user = repo.world.findUser(login);
  return { name: user?.name || (user?.login ?? login), email: user?.email ?? `${login}@example.com` };
}

/**
 * What keeps a pull request from being merged now.
 * @param {Repository} repo
 * @param {Pull} pull
 * @returns {'draft' | 'conflict' | 'checks' | 'approvals' | 'behind' | 'conversation' | null}
 */
export function findBlocker(repo, pull) {
  const [head, base] = [headOf(repo, pull), baseOf(repo, pull)];
  if (pull.draft) return 'draft';
  if (findConflicts(repo, base, head).length > 0) return 'conflict';
  const rule = repo.protectionOf(pull.base);
  if (!rule) return null;
  if (rule.strict && !isAncestor(repo.store, base, head)) return 'behind';
  if ((rule.approvals ?? 0) > pull.approvals) return 'approvals';
  if (pull.unresolved) return 'conversation';
  return (rule.contexts ?? []).every((context) => hasPassed(repo, head, context)) ? null : 'checks';
}

/**
 * @param {Repository} repo
 * @param {string} sha
 * @param {string} context
 */
function hasPassed(repo, sha, context) {
  const status = repo.latestStatuses(sha).find((row) => row.context === context);
  if (status) return status.status === 'success' || status.status === 'skipped';
  const jobs = repo.runs
    .filter((run) => run.sha === sha)
    .flatMap((run) => run.jobs.filter((job) => job.name === context));
  const newest = jobs[jobs.length - 1];
  return newest !== undefined && ['success', 'skipped', 'neutral'].includes(newest.conclusion ?? '');
}

/**
 * Merges, moves the base branch, and records the push.
 * @param {Repository} repo
 * @param {Pull} pull
 * @param {{ method: MergeMethod, by: string, message: string }} options
 * @returns {{ sha: string } | { problem: 'conflict' | 'diverged' }}
 */
export function mergePull(repo, pull, { method, by, message }) {
  const [head, base] = [headOf(repo, pull), baseOf(repo, pull)];
  const sha = makeResult(repo, { head, base, method, by, message });
  if (sha === null) return { problem: method === 'fast-forward-only' ? 'diverged' : 'conflict' };
  close(repo, pull, { head, sha, by });
  repo.setBranch(pull.base, sha);
  const content = `${pull.number}|${pull.title}`;
  repo.addFeed({ op: 'merge_pull_request', by, ref: '', content, at: repo.time(undefined) });
  repo.push({ branch: pull.base, by, kind: 'pr_merge' });
  return { sha };
}

/**
 * @param {Repository} repo
 * @param {{ head: string, base: string, method: MergeMethod, by: string, message: string }} options
 * @returns {string | null}
 */
function makeResult(repo, { head, base, method, by, message }) {
  if (method === 'fast-forward-only') return isAncestor(repo.store, base, head) ? head : null;
  if (method === 'merge') return makeMergeCommit(repo, { ours: base, theirs: head, message, by });
  if (method === 'squash') {
    const from = findMergeBase(repo.store, base, head);
    const { files, conflicts } = mergeFiles(repo.store, { base: from, ours: base, theirs: head });
    if (conflicts.length > 0) return null;
    return repo.commitTree({
      tree: repo.store.writeTree(files),
      parents: [base],
      message,
      author: signerOf(repo, by),
    });
  }
  return rebase(repo, { head, base, by });
}

/**
 * @param {Repository} repo
 * @param {{ head: string, base: string, by: string }} options
 */
function rebase(repo, { head, base, by }) {
  let tip = base;
  for (const commit of listCommits(repo.store, head, [base]).reverse()) {
    if (commit.parents.length > 1) continue;
    const { files, conflicts } = mergeFiles(repo.store, {
      base: commit.parents[0] ?? null,
      ours: tip,
      theirs: commit.sha,
    });
    if (conflicts.length > 0) return null;
    const { tree, message, author } = {
      tree: repo.store.writeTree(files),
      message: commit.message,
      author: commit.author,
    };
    tip = repo.commitTree({ tree, parents: [tip], message, author, committer: signerOf(repo, by) });
  }
  return tip;
}

/**
 * Marks pull requests as merged whose head a push has brought into their base (GitHub docs, "About pull request
 * merges", indirect merges).
 * @param {Repository} repo
 * @param {{ branch: string, by: string }} push
 */
export function settleIndirectMerges(repo, { branch, by }) {
  const tip = repo.branches.get(branch);
  for (const pull of repo.pulls) {
    const head = headOf(repo, pull);
    // Of a fork's branch this world knows no head of its own.
    const isOpen = pull.state === 'open' && pull.base === branch && pull.headOwner === repo.owner;
    if (tip === undefined || !isOpen) continue;
    if (isAncestor(repo.store, head, tip)) close(repo, pull, { head, sha: tip, by });
  }
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 * @param {{ head: string, sha: string, by: string }} merge
 */
function close(repo, pull, { head, sha, by }) {
  const now = repo.time(undefined);
  Object.assign(pull, {
    state: 'closed',
    merged: true,
    mergeSha: sha,
    mergedBy: by,
    lastHead: head,
    autoMerge: null,
    queuedHead: null,
    mergedAt: now,
    closedAt: now,
    updatedAt: now,
  });
}

/**
 * Closes the pull requests whose head branch is gone; they keep its last commit (seen on Gitea 1.22.6).
 * @param {Repository} repo
 * @param {{ branch: string, before: string }} push
 */
export function closePullsOf(repo, { branch, before }) {
  const now = repo.time(undefined);
  for (const pull of repo.pulls) {
    if (pull.state !== 'open' || pull.head !== branch || pull.headOwner !== repo.owner) continue;
    Object.assign(pull, { state: 'closed', closedAt: now, updatedAt: now, lastHead: before });
    Object.assign(pull, { autoMerge: null, queuedHead: null });
  }
}

/**
 * Does it stand in the merge queue? A push takes it out.
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function isQueued(repo, pull) {
  return pull.state === 'open' && pull.queuedHead !== null && pull.queuedHead === headOf(repo, pull);
}

/**
 * What the merge queue does with an entry once its own checks are through.
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function mergeFromQueue(repo, pull) {
  if (!isQueued(repo, pull)) throw new Error(`#${pull.number} does not stand in the merge queue`);
  return mergePull(repo, pull, {
    method: 'merge',
    by: 'github-merge-queue[bot]',
    message: defaultMergeTitle(repo, pull),
  });
}

/**
 * Merges every armed pull request that nothing blocks any more. To be called when checks or branches changed.
 * @param {Repository} repo
 * @param {string} [sha] only pull requests with this head
 */
export function settleAutoMerges(repo, sha) {
  for (const pull of repo.pulls) {
    if (!pull.autoMerge || pull.state !== 'open') continue;
    if (sha !== undefined && headOf(repo, pull) !== sha) continue;
    if (findBlocker(repo, pull) !== null) continue;
    if (repo.protectionOf(pull.base)?.queue) {
      Object.assign(pull, { autoMerge: null, queuedHead: headOf(repo, pull) });
      continue;
    }
    const { by, method, title, message } = pull.autoMerge;
    mergePull(repo, pull, {
      method: /** @type {MergeMethod} */ (method),
      by,
      message: [title ?? defaultMergeTitle(repo, pull), message].filter(Boolean).join('\n\n'),
    });
  }
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function defaultMergeTitle(repo, pull) {
  if (repo.world.isGitHub) return `Merge pull request #${pull.number} from ${pull.headOwner}/${pull.head}`;
  return `Merge pull request '${pull.title}' (#${pull.number}) from ${pull.head} into ${pull.base}`;
}
