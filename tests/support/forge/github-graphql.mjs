// The little of GitHub's GraphQL that REST cannot do: arming and disarming a pull request, the merge queue, and looking
// at it.
import { iso, ok } from './answers.mjs';
import { refuse } from './github-errors.mjs';
import { actorShape, nodeId } from './github-shapes.mjs';
import { BLOCKED, mergeability } from './github-pulls.mjs';
import { findBlocker, headOf, isQueued, settleAutoMerges } from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./pulls.mjs').Pull} Pull */

/** @type {Route[]} */
export const GRAPHQL_ROUTES = [['POST', '/graphql', answerQuery]];

/** @param {Call} call */
function answerQuery(call) {
  if (call.caller.login === null) throw refuse(401, 'This endpoint requires you to be authenticated.');
  const { query = '', variables = {} } = call.body ?? {};
  const name =
    /\b((?:enable|disable)PullRequestAutoMerge|(?:en|de)queuePullRequest|pullRequest|node)\b\s*\(/.exec(
      query,
    )?.[1];
  const input = readInput(query, variables);
  const found = findPull(call, input);
  if (!name)
    return ok({ errors: [{ message: 'This forge does not know the query', locations: [], path: [] }] });
  if (!found)
    return ok(
      failure(
        name,
        'NOT_FOUND',
        `Could not resolve to a node with the global id of '${input['pullRequestId'] ?? ''}'`,
      ),
    );
  const { repo, pull } = found;
  const [, unknown] = /\b(isInMergeQueue|mergeQueueEntry)\b/.exec(query) ?? [];
  if (unknown !== undefined && !call.world.hasMergeQueue)
    return ok({ errors: [{ message: `Field '${unknown}' doesn't exist on type 'PullRequest'` }] });
  if (name === 'pullRequest')
    return ok({ data: { repository: { pullRequest: pullShape(call, repo, pull) } } });
  if (name === 'node') return ok({ data: { node: pullShape(call, repo, pull) } });
  const mutations = {
    enablePullRequestAutoMerge: () => arm(call, repo, pull, input),
    disablePullRequestAutoMerge: () => disarm(pull),
    enqueuePullRequest: () => enqueue(repo, pull, input),
    dequeuePullRequest: () => dequeue(repo, pull),
  };
  const problem = mutations[/** @type {keyof typeof mutations} */ (name)]();
  if (problem) return ok(failure(name, 'UNPROCESSABLE', problem));
  const actor = actorShape(call, call.caller.login);
  return ok({
    data: {
      [name]: {
        clientMutationId: null,
        actor: { login: actor?.login },
        pullRequest: pullShape(call, repo, pull),
      },
    },
  });
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} message
 */
function failure(name, type, message) {
  return {
    data: { [name]: null },
    errors: [{ type, path: [name], locations: [{ line: 1, column: 1 }], message }],
  };
}

/**
 * Arguments, whether they stand in the query or in its variables.
 * @param {string} query
 * @param {Record<string, any>} variables
 * @returns {Record<string, string | number>}
 */
function readInput(query, variables) {
  const flat = { ...variables, ...variables['input'] };
  /** @type {Record<string, string | number>} */
  const input = { ...flat };
  for (const [, name = '', variable, text, word] of query.matchAll(
    /(\w+)\s*:\s*(?:\$(\w+)|"([^"]*)"|(\w+))/g,
  )) {
    const value = variable ? flat[variable] : (text ?? word);
    if (value !== undefined && typeof value !== 'object') input[name] = value;
  }
  if (input['pullRequestId'] === undefined && input['id'] !== undefined) input['pullRequestId'] = input['id'];
  return input;
}

/**
 * @param {Call} call
 * @param {Record<string, string | number>} input
 * @returns {{ repo: Repository, pull: Pull } | null}
 */
function findPull(call, input) {
  for (const repo of call.world.repositories.values()) {
    settleAutoMerges(repo);
    const named = `${input['owner']}/${input['name']}`.toLowerCase() === repo.fullName.toLowerCase();
    const pull = repo.pulls.find(
      (each) =>
        nodeId('PR', each.id) === input['pullRequestId'] ||
        (named && each.number === Number(input['number'])),
    );
    if (pull) return { repo, pull };
  }
  return null;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Pull} pull
 * @param {Record<string, string | number>} input
 */
function arm(call, repo, pull, input) {
  if (!repo.allowAutoMerge) return 'Pull request Auto merge is not allowed for this repository';
  if (pull.state !== 'open') return 'Pull request is closed';
  if (input['expectedHeadOid'] && input['expectedHeadOid'] !== headOf(repo, pull)) {
    return 'Head sha did not match the expected head sha.';
  }
  const state = mergeability(repo, pull).mergeable_state;
  if (state === 'clean' && repo.protectionOf(pull.base)?.queue) return enqueue(repo, pull, input);
  if (state === 'clean' || state === 'dirty')
    return `Pull request Pull request is in ${state === 'dirty' ? 'dirty' : 'clean'} status`;
  pull.autoMerge = {
    by: call.caller.login ?? '',
    method: String(input['mergeMethod'] ?? 'MERGE').toLowerCase(),
    title: input['commitHeadline'] === undefined ? null : String(input['commitHeadline']),
    message: input['commitBody'] === undefined ? null : String(input['commitBody']),
  };
  return null;
}

/** @param {Pull} pull */
function disarm(pull) {
  if (!pull.autoMerge) return "Can't disable auto-merge for this pull request.";
  pull.autoMerge = null;
  return null;
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 * @param {Record<string, string | number>} input
 */
function enqueue(repo, pull, input) {
  if (!repo.protectionOf(pull.base)?.queue) return 'Merge queue is not enabled for the base branch';
  if (pull.state !== 'open') return 'Pull request is closed';
  if (input['expectedHeadOid'] && input['expectedHeadOid'] !== headOf(repo, pull))
    return 'Head sha did not match the expected head sha.';
  if (isQueued(repo, pull)) return 'Pull request is already queued to merge';
  const blocker = findBlocker(repo, pull);
  if (blocker !== null) return `Pull request cannot be queued: ${BLOCKED[blocker]}`;
  pull.queuedHead = headOf(repo, pull);
  return null;
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
function dequeue(repo, pull) {
  if (!isQueued(repo, pull)) return 'Pull request is not in the merge queue';
  pull.queuedHead = null;
  return null;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Pull} pull
 */
function pullShape(call, repo, pull) {
  const { mergeable, mergeable_state: state } = mergeability(repo, pull);
  return {
    id: nodeId('PR', pull.id),
    number: pull.number,
    url: `${call.url}/${repo.fullName}/pull/${pull.number}`,
    state: pull.merged ? 'MERGED' : pull.state.toUpperCase(),
    merged: pull.merged,
    isDraft: pull.draft,
    headRefOid: headOf(repo, pull),
    headRefName: pull.head,
    baseRefName: pull.base,
    mergeable: mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING',
    mergeStateStatus: state.toUpperCase(),
    reviewDecision:
      (repo.protectionOf(pull.base)?.approvals ?? 0) > pull.approvals ? 'REVIEW_REQUIRED' : 'APPROVED',
    isInMergeQueue: isQueued(repo, pull),
    mergeQueueEntry: isQueued(repo, pull) ? { position: 1 } : null,
    mergeCommit: pull.mergeSha === null ? null : { oid: pull.mergeSha },
    autoMergeRequest: pull.autoMerge
      ? {
          enabledAt: iso(pull.updatedAt),
          mergeMethod: pull.autoMerge.method.toUpperCase(),
          enabledBy: { login: call.world.findUser(pull.autoMerge.by)?.login },
        }
      : null,
  };
}
