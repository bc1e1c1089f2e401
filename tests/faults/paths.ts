// The paths: one call of a script each, in a world whose answer is known.
import { startControlPlane, startTenants } from '../support/tenants.mjs';
import { jobEnvironment } from '../support/environment.mjs';
import { pushLine, startWorld } from '../support/world.mjs';
import { Hub } from './intercept.mjs';

export type Flavour = 'github' | 'gitea-1.22.6' | 'gitea-1.25.4';

export interface World {
  hub: Hub;
  env: Record<string, string>;
  args: string[];
  /** What no output may show. */
  secrets: string[];
  /** Addresses that stand in arguments or environment, by the server's name. */
  urls: Record<string, string>;
  close(): Promise<void>;
}

export interface Path {
  name: string;
  script: string;
  open(): Promise<World>;
  /** Exit code and decision without any fault. */
  code: number;
  decision: string;
  /** The page's exit codes. */
  codes: readonly number[];
  /** Requests whose failure changes no answer, by the page. */
  optional?: RegExp;
  /** Requests where "there is no such thing" is an answer of this server, and another way leads to the same. */
  mayLack?: RegExp;
  /** Lists that are read until they decide, so that what stands further down is nothing to the answer. */
  untilEnough?: RegExp;
  /** Answers of which only the counts are read. */
  countsOnly?: RegExp;
  /** Requests that are never repeated. */
  once?: RegExp;
  /** Calls one after the other, each of which may take the whole deadline. */
  calls?: number;
}

const adminToken = 'Adm+in/"tok~en%20=4&2?x';
const job = (name: string): string =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n`;
const ci = `name: CI\non:\n  push:\n    branches: [main]\njobs:\n${job('build')}${job('test')}`;
const e2e = `name: E2E\non:\n  push:\n    branches: [main]\n    paths: ["src/**"]\njobs:\n${job('e2e')}`;
const folders = { github: '.github', 'gitea-1.22.6': '.gitea', 'gitea-1.25.4': '.gitea' } as const;

type ForgeWorld = Awaited<ReturnType<typeof startWorld>>;
type Repo = ForgeWorld['repo'];

/** A world of one forge; `make` fills it and says how the script is called. */
async function openForgeWorld(
  flavour: Flavour,
  make: (
    forge: ForgeWorld,
    hub: Hub,
  ) => Promise<{
    args: string[];
    names: Record<string, string>;
    env?: Record<string, string>;
    urls?: Record<string, string>;
    close?: () => Promise<unknown>;
  }>,
): Promise<World> {
  const world = await startWorld(flavour);
  const hub = new Hub();
  await hub.open();
  hub.watch('forge', world.forge.server);
  const made = await make(world, hub);
  for (const [name, sha] of Object.entries(made.names)) {
    hub.names.set(sha, name);
    hub.names.set(sha.slice(0, 7), name);
  }
  return {
    hub,
    args: made.args,
    env: jobEnvironment(world.forge, { token: world.token, more: made.env ?? {} }),
    secrets: [world.token, adminToken],
    urls: { forge: world.forge.url, ...made.urls },
    async close() {
      await made.close?.();
      await hub.close();
      await world.forge.close();
    },
  };
}

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

function gatePaths(flavour: Flavour): Path[] {
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
    ...(flavour === 'github' ? {} : { mayLack: /\/actions\/runs\?|\/version$|\/branches\// }),
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

function ancestryPaths(flavour: Flavour): Path[] {
  const rows = [
    ['ahead', 0],
    ['behind', 1],
  ] as const;
  return rows.map(([decision, code]) => ({
    name: `ancestry ${flavour} ${decision}`,
    script: 'ancestry',
    code,
    decision,
    codes: [0, 1, 3],
    // Gitea 1.22.6 compares no SHAs and says 404; then the histories are walked.
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\// }
      : { mayLack: /\/compare\//, untilEnough: /\/commits\?/ }),
    calls: 3,
    open: () =>
      openForgeWorld(flavour, async ({ repo }) => {
        const line = pushLine(repo, 60);
        const [old, young] = [line[2] as string, line[58] as string];
        const [current, candidate] = decision === 'ahead' ? [old, young] : [young, old];
        return {
          args: ['--current', current, '--sha', candidate],
          names: { CURRENT: current, CANDIDATE: candidate },
        };
      }),
  }));
}

function supersededPaths(flavour: Flavour): Path[] {
  const rows = [
    ['superseded', 0],
    ['latest', 10],
  ] as const;
  return rows.map(([decision, code]) => ({
    name: `check-superseded ${flavour} ${decision}`,
    script: 'prod-auto-deploy',
    code,
    decision,
    codes: [0, 10],
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\// }
      : { mayLack: /\/compare\//, untilEnough: /\/commits\?/ }),
    calls: 4,
    open: () =>
      openForgeWorld(flavour, async ({ repo }) => {
        const [ours, head] = pushLine(repo, 2) as [string, string];
        const sha = decision === 'superseded' ? ours : head;
        return { args: ['check-superseded', '--sha', sha], names: { OURS: ours, HEAD: head } };
      }),
  }));
}

/** A fleet whose list the control plane knows. */
async function startFleet(hub: Hub, shas: Record<string, string>) {
  const fleet = await startTenants(Object.entries(shas).map(([slug, sha]) => ({ slug, sha })));
  const plane = await startControlPlane({ token: adminToken, tenants: fleet.tenants });
  for (const [slug, server] of fleet.servers) hub.watch(slug, server);
  hub.watch('plane', plane.server);
  return {
    env: {
      DEPLOY_ADMIN_TOKEN: adminToken,
      DEPLOY_TENANTS_URL: `${plane.url}/cp/admin/tenants`,
      DEPLOY_CP_URL: plane.url,
    },
    urls: { plane: plane.url },
    close: () => Promise.all([fleet.close(), plane.close()]),
  };
}

function verifyPaths(flavour: Flavour): Path[] {
  const rows = [
    ['go', 0],
    ['stale', 1],
  ] as const;
  return rows.map(([decision, code]) => ({
    name: `verify ${flavour} ${decision}`,
    script: 'prod-auto-deploy',
    code,
    decision,
    codes: [0, 1, 3],
    optional: /^forge GET \S*\/branches\//,
    once: /^t-/,
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\// }
      : { mayLack: /\/compare\//, untilEnough: /\/commits\?/ }),
    calls: 8,
    open: () =>
      openForgeWorld(flavour, async ({ repo }, hub) => {
        const [older, ours] = pushLine(repo, 2) as [string, string];
        const next = repo.commit({ branch: 'next', parents: [ours], message: 'next', files: { n: '1' } });
        const fleet = await startFleet(hub, {
          't-current': ours,
          't-other': decision === 'go' ? next : older,
        });
        return {
          ...fleet,
          args: ['verify', '--sha', ours, '--wait', '0s', '--concurrency', '1'],
          names: { OLDER: older, OURS: ours, NEXT: next },
        };
      }),
  }));
}

function rolloutPath(flavour: Flavour): Path {
  return {
    name: `rollout ${flavour}`,
    script: 'prod-auto-deploy',
    code: 0,
    decision: 'rolled',
    codes: [0, 1, 3],
    optional: /^forge /,
    once: /^plane POST/,
    calls: 5,
    open: () =>
      openForgeWorld(flavour, async ({ repo }, hub) => {
        const [older, ours] = pushLine(repo, 2) as [string, string];
        const fleet = await startFleet(hub, { 't-one': older, 't-two': older });
        return {
          ...fleet,
          args: ['rollout', '--sha', ours, '--timeout', '400ms', '--canary', 't-one'],
          names: { OLDER: older, OURS: ours },
        };
      }),
  };
}

function planPath(flavour: Flavour): Path {
  return {
    name: `plan ${flavour}`,
    script: 'prod-auto-deploy',
    code: 0,
    decision: 'ready',
    codes: [0, 3],
    optional: /^forge /,
    calls: 4,
    open: () =>
      openForgeWorld(flavour, async ({ repo }, hub) => {
        const [older, ours] = pushLine(repo, 2) as [string, string];
        const fleet = await startFleet(hub, { 't-one': ours });
        return { ...fleet, args: ['plan', '--sha', older], names: { OLDER: older, OURS: ours } };
      }),
  };
}

const flavours = ['github', 'gitea-1.25.4', 'gitea-1.22.6'] as const;

export const PATHS: readonly Path[] = [
  ...flavours.flatMap(gatePaths),
  pagesPath(),
  ...flavours.flatMap(ancestryPaths),
  ...flavours.flatMap(supersededPaths),
  ...verifyPaths('github'),
  ...verifyPaths('gitea-1.22.6'),
  rolloutPath('gitea-1.22.6'),
  planPath('github'),
];
