// The text that Gitea keeps in its activity feed for a push.
import { EMPTY_SHA } from './git-objects.mjs';
import { findReachable } from './history.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Push} Push */
/** @typedef {import('./git-objects.mjs').Commit} Commit */

const SHOWN_COMMITS = 5;
const NEW_BRANCH_COMMITS = 10;

/**
 * @param {Repository} repo
 * @param {Push} push
 */
export function writePushContent(repo, push) {
  const commits =
    push.before === EMPTY_SHA ? listNewBranch(repo, push) : repo.list(push.after, [push.before]);
  const base = push.before === EMPTY_SHA ? findNewBranchBase(repo, push, commits) : push.before;
  return JSON.stringify({
    Commits: commits.slice(0, SHOWN_COMMITS).map(describeCommit),
    HeadCommit: describeCommit(repo.commitOf(push.after)),
    CompareURL: base === '' ? '' : `${repo.fullName}/compare/${base}...${push.after}`,
    Len: commits.length,
  });
}

/**
 * Gitea walks back from a new branch's tip, and stops at the first commit that another branch has too, or after ten.
 * @param {Repository} repo
 * @param {Push} push
 */
function listNewBranch(repo, push) {
  const others = [...repo.branches].filter(([name]) => name !== push.branch).map(([, sha]) => sha);
  const shared = new Set(others.flatMap((sha) => [...findReachable(repo.store, sha)]));
  /** @type {Commit[]} */
  const own = [];
  for (const commit of repo.list(push.after)) {
    if (shared.has(commit.sha) || own.length === NEW_BRANCH_COMMITS) break;
    own.push(commit);
  }
  return own;
}

/**
 * @param {Repository} repo
 * @param {Push} push
 * @param {Commit[]} commits
 */
function findNewBranchBase(repo, push, commits) {
  const parent = commits[commits.length - 1]?.parents[0];
  if (parent) return parent;
  return push.branch === repo.defaultBranch ? '' : repo.defaultBranch;
}

/** @param {Commit} commit */
function describeCommit(commit) {
  return {
    Sha1: commit.sha,
    Message: commit.message,
    AuthorEmail: commit.author.email,
    AuthorName: commit.author.name,
    CommitterEmail: commit.committer.email,
    CommitterName: commit.committer.name,
    Timestamp: new Date(commit.committer.seconds * 1000).toISOString().replace('.000Z', 'Z'),
  };
}
