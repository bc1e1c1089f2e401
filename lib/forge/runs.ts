import { ShapeError, type Shape } from '../shape.ts';
import { isAbsentApi } from './api.ts';
import { repoPath, type Forge, type Job, type Run } from './forge.ts';
import { findPages, readPages } from './pages.ts';

/**
 * All runs for a commit, whatever their file, event and branch; null where this server has no list of runs
 * (Gitea before 1.25, and Forgejo, whose list has another shape).
 * Rows of another commit are left out: a server may ignore the filter.
 * GitHub: GET /repos/{o}/{r}/actions/runs; Gitea 1.25: the same path, `path` is `FILE@REF`.
 */
export async function fetchRuns(forge: Forge, sha: string): Promise<Run[] | null> {
  if (forge.can.runs === false) return null;
  const purpose = `read the run list of ${forge.repo} for ${sha}`;
  const isGitHub = forge.kind === 'github';
  let isForgejo = false;
  const runs = await findPages(
    forge.api,
    {
      purpose,
      path: `${repoPath(forge.repo)}/actions/runs`,
      query: { head_sha: sha },
      size: isGitHub ? 100 : 50,
      sizeName: isGitHub ? 'per_page' : 'limit',
      rows: (body) => {
        const rows = body.field('workflow_runs').list();
        isForgejo ||= !isGitHub && rows.some((row) => row.optional('commit_sha') !== null);
        return isForgejo ? [] : rows;
      },
      total: (body) => (isForgejo ? 0 : body.field('total_count').count()),
      row: readRun,
      key: (run) => `${run.id}/${run.attempt}`,
      mostPages: 20,
    },
    (answer) => !isGitHub && isAbsentApi(answer),
  );
  forge.can.runs = runs !== null && !isForgejo;
  if (runs === null || isForgejo) return null;
  return runs.filter((run) => run.sha === sha);
}

function readRun(row: Shape): Run {
  return {
    id: row.field('id').count(),
    file: fileOfRun(row.field('path').text()),
    sha: row.field('head_sha').sha(),
    branch: row.field('head_branch').isNull() ? null : row.field('head_branch').text() || null,
    event: row.field('event').text(),
    attempt: row.optional('run_attempt')?.count() ?? 1,
    status: row.field('status').text(),
    conclusion: row.optional('conclusion')?.text() || null,
    url: row.optional('html_url')?.text() ?? '',
  };
}

/** `ci.yml` of `.github/workflows/ci.yml`, `.github/workflows/ci.yml@main` or `ci.yml@refs/heads/main`. */
export function fileOfRun(path: string): string {
  const file = path.replace(/^\.(github|gitea|forgejo)\/workflows\//, '');
  const cut = /^(.+?\.ya?ml)@(?:refs\/.*|[^@]*)$/i.exec(file);
  return cut ? (cut[1] as string) : file;
}

/**
 * The jobs of a run's newest attempt; with `carried` also those that it took over from an attempt before, as GitHub does
 * when only what failed is run again. A list of another run throws CouldNotTell.
 */
export async function fetchJobs(
  forge: Forge,
  run: Run,
  { carried = false }: { carried?: boolean } = {},
): Promise<Job[]> {
  const isGitHub = forge.kind === 'github';
  const jobs = await readPages(forge.api, {
    purpose: `read the jobs of run ${run.id} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/actions/runs/${run.id}/jobs`,
    query: isGitHub ? { filter: carried ? 'all' : 'latest' } : {},
    size: isGitHub ? 100 : 50,
    sizeName: isGitHub ? 'per_page' : 'limit',
    rows: (body) => body.field('jobs').list(),
    total: (body) => body.field('total_count').count(),
    row: (row) => ({
      id: row.field('id').count(),
      name: row.field('name').text(),
      status: row.field('status').text(),
      conclusion: row.optional('conclusion')?.text() || null,
      attempt: row.optional('run_attempt')?.count() ?? null,
      ...assertOfRun(row, run),
    }),
    key: (job) => job.id,
    mostPages: 10,
  });
  // Gitea 1.25 counts a run's attempts from 0 and its jobs' from 1, so only GitHub's can be held against each other.
  if (!isGitHub) return jobs;
  const isNewest = ({ name, attempt }: (typeof jobs)[number]): boolean =>
    !jobs.some((other) => other.name === name && (other.attempt ?? run.attempt) > (attempt ?? run.attempt));
  return jobs.filter((job) =>
    carried ? isNewest(job) : job.attempt === null || job.attempt === run.attempt,
  );
}

function assertOfRun(row: Shape, run: Run): object {
  const id = row.optional('run_id')?.count();
  if (id !== undefined && id !== run.id) throw new ShapeError(`a job is of run ${id}`);
  const sha = row.optional('head_sha')?.text().toLowerCase();
  if (sha !== undefined && sha !== run.sha) throw new ShapeError(`a job is of the commit ${sha}`);
  return {};
}
