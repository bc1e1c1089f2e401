// GitHub's compare: 250 commits, 300 files, files on the first page only.
import { ok, readNumber } from './answers.mjs';
import { diffTrees } from './history.mjs';
import { findRepository } from './github-auth.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { linkHeader } from './github-pages.mjs';
import { changeShape, commitShape } from './github-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */

const MAX_COMMITS = 250;
const MAX_FILES = 300;

/** @type {Route[]} */
export const COMPARE_ROUTES = [['GET', '/repos/{owner}/{repo}/compare/{basehead*}', compare]];

/** @param {Call} call */
function compare(call) {
  const repo = findRepository(call, 'contents');
  const [base = '', head = ''] = (call.params['basehead'] ?? '').split('...');
  const own = (/** @type {string} */ ref) => ref.replace(new RegExp(`^${repo.owner}:`, 'i'), '');
  const [from, to] = [repo.resolve(own(base)), head === '' ? null : repo.resolve(own(head))];
  if (!from || !to) throw notFound();
  const common = repo.mergeBase(from, to);
  if (common === null) throw refuse(404, `No common ancestor between ${base} and ${head}.`);
  const ahead = repo.list(to, [from]).reverse();
  const behind = repo.list(from, [to]).length;
  const paged = call.query.has('page') || call.query.has('per_page');
  const size = paged ? Math.min(readNumber(call.query, 'per_page', 30), 100) : MAX_COMMITS;
  const page = { page: readNumber(call.query, 'page', 1), size };
  const link = paged ? linkHeader(call, ahead.length, page) : '';
  const changes = diffTrees(repo.store, repo.commitOf(common).tree, repo.commitOf(to).tree);
  const api = `${call.apiUrl}/repos/${repo.fullName}/compare`;
  const html = `${call.url}/${repo.fullName}/compare`;
  const range = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  const status = ahead.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical';
  return {
    ...ok({
      url: `${api}/${range}`,
      html_url: `${html}/${range}`,
      permalink_url: `${html}/${repo.owner}:${from.slice(0, 7)}...${repo.owner}:${to.slice(0, 7)}`,
      diff_url: `${html}/${range}.diff`,
      patch_url: `${html}/${range}.patch`,
      base_commit: commitShape(call, repo, repo.commitOf(from)),
      merge_base_commit: commitShape(call, repo, repo.commitOf(common)),
      status,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: ahead
        .slice((page.page - 1) * size, page.page * size)
        .map((commit) => commitShape(call, repo, commit)),
      ...(page.page === 1
        ? { files: changes.slice(0, MAX_FILES).map((change) => changeShape(call, repo, to, change)) }
        : {}),
    }),
    headers: link === '' ? {} : { link },
    firstPage: page.page === 1,
    lastPage: page.page * size >= ahead.length,
  };
}
