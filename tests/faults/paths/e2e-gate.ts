import { openForgeWorld, flavours, type Repo } from './forge-world.ts';
import type { Flavour, Path } from './world.ts';

const job = (name: string): string =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n`;
const ci = `name: CI\non:\n  push:\n    branches: [main]\njobs:\n${job('build')}${job('test')}`;
const e2e = `name: E2E\non:\n  push:\n    branches: [main]\n    paths: ["src/**"]\njobs:\n${job('e2e')}`;
const folders = { github: '.github', 'gitea-1.22.6': '.gitea', 'gitea-1.25.4': '.gitea' } as const;

/** Pushes of which some started runs and some did not, and much beside that must not count. */
function fillGate(repo: Repo, flavour: Flavour): { green: string; docs: string; suppressed: string } {
  const folder = `${folders[flavour]}/workflows`;
  const push = (files: Record<string, string>): string =>
    repo.pushCommit({ branch: 'main', message: `change ${Object.keys(files)[0]}`, files, by: 'ada' });
  push({ [`${folder}/ci.yml`]: ci, [`${folder}/e2e.yml`]: e2e, 'src/a.ts': '0' });
  let runs = 0;
  const pass = (sha: string, file: string, context: string, more: object = {}): void => {
    repo.addRun({ file, sha, event: 'push', ...more });
    repo.setStatus(sha, {
      context,
      status: 'success',
      description: 'Successful in 3s',
      targetUrl: `/acme/app/actions/runs/${++runs}/jobs/0`,
      creator: null,
    });
  };
  const passAll = (sha: string): void => {
    pass(sha, 'ci.yml', 'CI / build (push)');
    pass(sha, 'ci.yml', 'CI / test (push)');
  };
  const green = push({ 'src/a.ts': '1' });
  passAll(green);
  pass(green, 'e2e.yml', 'E2E / e2e (push)');
  const docs = push({ 'docs/a.md': '1' });
  passAll(docs);
  const suppressed = push({ 'src/a.ts': '2', 'docs/a.md': '2' });
  passAll(suppressed);
  // What a filter must keep away: the same file for another branch, event and commit.
  pass(suppressed, 'other.yml', 'Other / e2e (push)');
  repo.addRun({ file: 'e2e.yml', sha: suppressed, event: 'push', branch: 'topic' });
  repo.addRun({ file: 'e2e.yml', sha: suppressed, event: 'workflow_dispatch' });
  const head = push({ 'src/b.ts': '3' });
  passAll(head);
  pass(head, 'e2e.yml', 'E2E / e2e (push)');
  return { green, docs, suppressed };
}

function pathsOf(flavour: Flavour): Path[] {
  const rows = [
    ['green', 0, 'go'],
    ['docs', 0, 'go'],
    ['suppressed', 1, 'refuse'],
  ] as const;
  return rows.map(([which, code, decision]) => ({
    name: `e2e-gate ${flavour} ${which}`,
    script: 'e2e-gate',
    code,
    decision,
    codes: [0, 1, 3],
    // A server without a list of runs, or without its version, is an older one.
    ...(flavour === 'github' ? {} : { mayLack: /\/actions\/runs\?|\/version$/, mayMiss: /\/branches\// }),
    // The record of pushes and the history are read until the push shows.
    untilEnough: /\/activit|\/commits\?/,
    calls: 3,
    open: () =>
      openForgeWorld(flavour, async ({ repo }) => {
        const shas = fillGate(repo, flavour);
        const args = ['--sha', shas[which], '--workflow', 'ci.yml', '--workflow', 'e2e.yml'];
        return {
          args: [...args, '--absent-grace', '0s'],
          names: { GREEN: shas.green, DOCS: shas.docs, SUPPRESSED: shas.suppressed },
        };
      }),
  }));
}

/** Statuses on three pages, the one that failed as the last row, since a Gitea lists the oldest first. */
function pagesPath(): Path {
  const flavour = 'gitea-1.22.6';
  return {
    name: `e2e-gate ${flavour} red on the last of three pages`,
    script: 'e2e-gate',
    code: 1,
    decision: 'refuse',
    codes: [0, 1, 3],
    calls: 3,
    open: () =>
      openForgeWorld(flavour, async ({ repo }) => {
        repo.pushCommit({
          branch: 'main',
          message: 'x',
          files: { '.gitea/workflows/ci.yml': ci },
          by: 'ada',
        });
        const sha = repo.pushCommit({ branch: 'main', message: 'y', files: { y: '1' }, by: 'ada' });
        const set = (context: string, run: number, status: string): void =>
          void repo.setStatus(sha, {
            context,
            status,
            description: status,
            targetUrl: `/acme/app/actions/runs/${run}/jobs/0`,
            creator: null,
          });
        set('CI / build (push)', 1, 'success');
        for (let index = 0; index < 110; index++) set(`Other / job ${index} (push)`, 2, 'success');
        set('CI / test (push)', 1, 'failure');
        return {
          args: ['--sha', sha, '--workflow', 'ci.yml', '--absent-grace', '0s'],
          names: { TIP: sha },
        };
      }),
  };
}

export const gatePaths: readonly Path[] = [...flavours.flatMap(pathsOf), pagesPath()];
