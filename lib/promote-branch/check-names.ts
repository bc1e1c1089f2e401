import { repoPath, type Forge } from '../forge/forge.ts';
import { fetchStatuses } from '../forge/statuses.ts';
import type { Shape } from '../shape.ts';

type CheckState = 'passed' | 'pending' | 'failed';

/** What has been reported on a commit, by name: check runs and statuses on GitHub, statuses on Gitea. */
export async function fetchCheckNames(forge: Forge, sha: string): Promise<Map<string, CheckState>> {
  if (forge.kind !== 'github') {
    const statuses = await fetchStatuses(forge, sha);
    return new Map(statuses.map((status) => [status.context, stateOf(status.state)]));
  }
  const path = `${repoPath(forge.repo)}/commits/${sha}`;
  const [runs, statuses] = await Promise.all([
    forge.api.read(
      { purpose: `read the checks of ${sha}`, path: `${path}/check-runs`, query: { per_page: 100 } },
      (body) => body.field('check_runs').list().map(readCheckRun),
    ),
    forge.api.read(
      { purpose: `read the statuses of ${sha}`, path: `${path}/status`, query: { per_page: 100 } },
      (body) =>
        body
          .field('statuses')
          .list()
          .map((row): [string, CheckState] => [
            row.field('context').text(),
            stateOf(row.field('state').text()),
          ]),
    ),
  ]);
  return new Map([...runs.reverse(), ...statuses]);
}

function readCheckRun(row: Shape): [string, CheckState] {
  const conclusion = row.optional('conclusion')?.text();
  const passed = ['success', 'neutral', 'skipped'];
  const state = conclusion === undefined ? 'pending' : passed.includes(conclusion) ? 'passed' : 'failed';
  return [row.field('name').text(), state];
}

function stateOf(word: string): CheckState {
  if (word === 'pending') return 'pending';
  return word === 'success' || word === 'skipped' || word === 'warning' ? 'passed' : 'failed';
}
