import { repoPath, type Forge } from '../forge/forge.ts';
import { readPages } from '../forge/pages.ts';
import { fetchStatuses } from '../forge/statuses.ts';
import { ShapeError, type Shape } from '../shape.ts';

/** What a check has come to. */
export type CheckState = 'passed' | 'pending' | 'failed';

interface Check {
  id: number;
  name: string;
  state: CheckState;
}

/** What has been reported on a commit, by name: check runs and statuses on GitHub, statuses on Gitea. */
export async function fetchCheckNames(forge: Forge, sha: string): Promise<Map<string, CheckState>> {
  if (forge.kind !== 'github') {
    const statuses = await fetchStatuses(forge, sha);
    return new Map(statuses.map((status) => [status.context, stateOf(status.state)]));
  }
  const [runs, statuses] = await Promise.all([fetchCheckRuns(forge, sha), fetchCombined(forge, sha)]);
  // Of several runs of one name the newest counts.
  runs.sort((a, b) => a.id - b.id);
  return new Map([...runs, ...statuses].map(({ name, state }) => [name, state]));
}

/** A commit with more than a thousand of either is no commit whose checks could be told. */
const paging = { size: 100, sizeName: 'per_page', mostPages: 10, key: ({ id }: Check) => id };

function fetchCheckRuns(forge: Forge, sha: string): Promise<Check[]> {
  return readPages(forge.api, {
    ...paging,
    purpose: `read the checks of ${sha}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/check-runs`,
    rows: (body) => body.field('check_runs').list(),
    total: (body) => body.field('total_count').count(),
    row(row) {
      assertOf(row.field('head_sha'), sha);
      return readCheckRun(row);
    },
  });
}

/** The newest status of each context, as GitHub combines them. */
function fetchCombined(forge: Forge, sha: string): Promise<Check[]> {
  return readPages(forge.api, {
    ...paging,
    purpose: `read the statuses of ${sha}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/status`,
    rows(body) {
      assertOf(body.field('sha'), sha);
      return body.field('statuses').list();
    },
    total: (body) => body.field('total_count').count(),
    row: (row) => ({
      id: row.field('id').count(),
      name: row.field('context').text(),
      state: stateOf(row.field('state').text()),
    }),
  });
}

function assertOf(named: Shape, sha: string): void {
  if (named.sha() !== sha) throw new ShapeError(`it is of the commit ${named.sha()}`);
}

function readCheckRun(row: Shape): Check {
  const conclusion = row.optional('conclusion')?.text();
  const passed = ['success', 'neutral', 'skipped'];
  const state = conclusion === undefined ? 'pending' : passed.includes(conclusion) ? 'passed' : 'failed';
  return { id: row.field('id').count(), name: row.field('name').text(), state };
}

function stateOf(word: string): CheckState {
  if (word === 'pending') return 'pending';
  return word === 'success' || word === 'skipped' || word === 'warning' ? 'passed' : 'failed';
}
