import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptResult } from '../../support/run-script.mjs';
import { makeMultiPlatform } from '../../support/registry/images.mjs';
import { startControlPlane, startTenants } from '../../support/tenants.mjs';
import { startIncident } from '../../support/train-world.mjs';
import { Hub } from '../intercept.mjs';
import { openFileWorld } from './file-world.ts';
import { adminToken } from './forge-world.ts';
import type { Flavour, Path, World } from './world.ts';

const repository = 'acme/platform';
const pinned = ['acme/one', 'acme/two'];

type Incident = Awaited<ReturnType<typeof startIncident>>;

/** Everything has arrived, or the image hangs nine commits behind and its tenants with it. */
async function open(flavour: Flavour, state: 'current' | 'stalled', args: string[]): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'train-world-'));
  const incident = await startIncident(flavour);
  const { forge, registry, repo, head, served, token } = incident;
  const runs = state === 'current' ? head : served;
  registry.push(repository, makeMultiPlatform(runs), 'latest');
  const fleet = await startTenants([
    { slug: 'lisbon', sha: runs },
    { slug: 'oslo', sha: runs },
  ]);
  const plane = await startControlPlane({ token: adminToken, tenants: fleet.tenants });
  repo.setTag('runtime-v1.2.0', served);
  for (const name of pinned)
    forge
      .repo(name, { defaultBranch: 'main' })
      .pushCommit({ branch: 'main', message: 'pin', files: { '.runtime-version': '1.2.0\n' }, by: 'ada' });
  const files = writeConfig(folder, incident, `${plane.url}/cp/admin/tenants`);
  const hub = await watchAll({ forge, registry, plane, ...Object.fromEntries(fleet.servers) });
  for (const [name, sha] of [
    ['HEAD', head],
    ['SERVED', served],
  ] as const) {
    hub.names.set(sha, name);
    hub.names.set(sha.slice(0, 7), name);
  }
  return {
    hub,
    args: ['--config', files['train.json'], ...args],
    cwd: folder,
    env: {
      SWITCHYARD_API_URL: forge.apiUrl,
      SWITCHYARD_TOKEN: token,
      DEPLOY_ADMIN_TOKEN: adminToken,
      HOME: folder,
    },
    files,
    secrets: [token, adminToken],
    urls: { forge: forge.url, plane: plane.url, registry: registry.url },
    written: () => repo.issues.map(({ number, state: how, title }) => `issue #${number}: ${how}: ${title}`),
    async close() {
      await Promise.all([incident.close(), fleet.close(), plane.close(), hub.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfig(folder: string, { config }: Incident, tenants: string) {
  const files = { 'train.json': join(folder, 'train.json'), 'manifest.json': join(folder, 'manifest.json') };
  writeFileSync(files['manifest.json'], JSON.stringify({ all: pinned.map((repo) => ({ repo })) }));
  const cascade = { manifest: 'manifest.json', select: 'all[].repo', version_from: 'tag:runtime-v*' };
  writeFileSync(files['train.json'], JSON.stringify({ ...config, tenants_url: tenants, cascade }));
  return files;
}

type Watched = Parameters<Hub['watch']>[1];

async function watchAll(servers: Record<string, { server: Watched } | Watched>): Promise<Hub> {
  const hub = new Hub();
  await hub.open();
  for (const [name, one] of Object.entries(servers)) hub.watch(name, 'server' in one ? one.server : one);
  return hub;
}

/** Who names an issue says that it stands there, open. */
function claims({ outputs }: ScriptResult): string[] {
  return outputs['issue'] ? [`issue #${outputs['issue']}: open: The train of ${repository} is stuck`] : [];
}

function trainPath(flavour: Flavour, state: 'current' | 'stalled', args: string[]): Path {
  const writes = args.includes('--issue');
  return {
    name: `train-status ${flavour} ${state} ${args.join(' ')}`,
    script: 'train-status',
    code: state === 'current' ? 0 : 1,
    decision: state,
    codes: [0, 1, 2, 3],
    fresh: writes,
    needsDisk: args.includes('--out'),
    calls: 20,
    // A write whose answer is lost is not sent again.
    ...(writes ? { claims, once: /POST \S*\/issues$/ } : {}),
    open: () => open(flavour, state, args),
  };
}

/** The watch of the watch, which ran half an hour ago. */
const heartbeatPath: Path = {
  name: 'train-status --check-heartbeat',
  script: 'train-status',
  code: 0,
  decision: 'fresh',
  codes: [0, 1, 2, 3],
  open: async () => {
    const at = new Date(Date.now() - 30 * 60_000).toISOString();
    return openFileWorld(
      { 'heartbeat.json': `${JSON.stringify({ schema: 1, at, decision: 'current' }, null, 1)}\n` },
      { args: ['--check-heartbeat', 'heartbeat.json', '--max-age', '1d'] },
    );
  },
};

export const trainPaths: readonly Path[] = [
  heartbeatPath,
  trainPath('github', 'current', ['--format', 'text']),
  trainPath('gitea-1.25.4', 'current', ['--format', 'json', '--out', 'train.out']),
  trainPath('gitea-1.22.6', 'current', ['--format', 'markdown']),
  trainPath('github', 'stalled', ['--format', 'html', '--issue']),
  trainPath('gitea-1.22.6', 'stalled', ['--issue']),
];
