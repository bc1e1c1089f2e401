import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startControlPlane, startTenants } from '../../support/tenants.mjs';
import { pushLine } from '../../support/world.mjs';
import type { Hub } from '../intercept.mjs';
import { adminToken, flavours, openForgeWorld } from './forge-world.ts';
import type { Flavour, Path } from './world.ts';

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

/** A fleet whose list the control plane knows, and a file holds. */
async function startFleet(hub: Hub, shas: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const list = join(folder, 'tenants.json');
  const fleet = await startTenants(Object.entries(shas).map(([slug, sha]) => ({ slug, sha })));
  const plane = await startControlPlane({ token: adminToken, tenants: fleet.tenants });
  for (const [slug, server] of fleet.servers) hub.watch(slug, server);
  hub.watch('plane', plane.server);
  writeFileSync(list, `${JSON.stringify(fleet.list, null, 2)}\n`);
  return {
    list,
    env: {
      DEPLOY_ADMIN_TOKEN: adminToken,
      DEPLOY_TENANTS_URL: `${plane.url}/cp/admin/tenants`,
      DEPLOY_CP_URL: plane.url,
    },
    urls: { plane: plane.url },
    async close() {
      await Promise.all([fleet.close(), plane.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function verifyPaths(flavour: Flavour, source: 'url' | 'file'): Path[] {
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
        const { list, ...world } = fleet;
        const listed =
          source === 'url'
            ? { args: [] }
            : {
                args: ['--tenants-file', list],
                files: { 'tenants.json': list },
                env: { ...fleet.env, DEPLOY_TENANTS_URL: '' },
              };
        return {
          ...world,
          ...listed,
          args: ['verify', '--sha', ours, '--wait', '0s', '--concurrency', '1', ...listed.args],
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

export const deployPaths: readonly Path[] = [
  ...flavours.flatMap(supersededPaths),
  ...verifyPaths('github', 'url'),
  ...verifyPaths('gitea-1.22.6', 'file'),
  rolloutPath('gitea-1.22.6'),
  planPath('github'),
];
