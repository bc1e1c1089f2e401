// Gitea's feed of activities: its record of pushes.
import { iso } from './answers.mjs';
import { findRepository } from './gitea-auth.mjs';
import { actorShape, repositoryShape } from './gitea-shapes.mjs';
import { pageAnswer } from './gitea-pages.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */

/** @type {Route[]} */
export const FEED_ROUTES = [['GET', '/repos/{owner}/{repo}/activities/feeds', listFeed]];

/** @param {Call} call */
function listFeed(call) {
  const repo = findRepository(call);
  const newestFirst = [...repo.feed].sort((a, b) => b.at - a.at || a.id - b.id);
  return pageAnswer(call, newestFirst, (entry) => {
    const actor = call.world.findUser(entry.by);
    return {
      id: entry.id,
      user_id: actor?.id ?? DELETED_ID,
      op_type: entry.op,
      act_user_id: actor?.id ?? DELETED_ID,
      act_user: actor && actor.id > 0 ? actorShape(call, entry.by) : null,
      repo_id: repo.id,
      repo: repositoryShape(call, repo),
      comment_id: 0,
      comment: null,
      ref_name: entry.ref,
      is_private: repo.private,
      content: entry.content,
      created: iso(entry.at),
    };
  });
}

/** An account that was deleted keeps its number in the feed. */
const DELETED_ID = 4711;
