import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMultiPlatform } from '../../support/registry/images.mjs';
import { startRegistry } from '../../support/registry/registry.mjs';
import { pushLine } from '../../support/world.mjs';
import { writeDockerConfig } from './docker-config.ts';
import { flavours, openForgeWorld } from './forge-world.ts';
import type { Flavour, Path } from './world.ts';

const password = 'Reg+word/with"signs%20=4&x';

/** How the forge is asked for the relation, and what of its answers does not count. */
function relationOf(flavour: Flavour): Partial<Path> {
  if (flavour === 'github') return { countsOnly: /\/compare\// };
  // Gitea 1.22.6 compares no SHAs and says 404; then commits are counted, and where that fails the histories are walked.
  return { mayLack: /\/compare\//, untilEnough: /\/commits\?/, optional: /\/commits\?\S*not=/ };
}

const shared = { script: 'ancestry', codes: [0, 1, 3], calls: 3 } as const;

function currentPaths(flavour: Flavour): Path[] {
  const rows = [
    ['ahead', 0],
    ['behind', 1],
  ] as const;
  return rows.map(([decision, code]) => ({
    ...shared,
    ...relationOf(flavour),
    name: `ancestry ${flavour} ${decision}`,
    code,
    decision,
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

/** Two images of two platforms each; the tenant's holds the same commit, another one, or no tag at all. */
function imagePath(
  mode: 'docker' | 'docker-htpasswd' | 'ghcr' | 'gitea',
  flavour: Flavour,
  decision: 'ahead' | 'behind' | 'disagree' | 'absent',
): Path {
  const hasLogin = mode !== 'docker';
  // As `docker login` leaves it.
  const isInFile = mode === 'docker-htpasswd';
  return {
    ...shared,
    ...relationOf(flavour),
    name: `ancestry --image ${mode} ${flavour} ${decision}`,
    code: decision === 'ahead' || decision === 'absent' ? 0 : 1,
    decision,
    // A config that cannot be used is one of the environment.
    codes: isInFile ? [...shared.codes, 2] : shared.codes,
    calls: 12,
    open: () =>
      openForgeWorld(flavour, async ({ repo }, hub) => {
        const users = { ci: password };
        const registry = await startRegistry({ mode, ...(hasLogin ? { users } : {}) });
        hub.watch('registry', registry.server);
        const [old, ours, young] = pushLine(repo, 3) as [string, string, string];
        const served = { ahead: [old, old], behind: [young, young], disagree: [old, young], absent: [] }[
          decision
        ];
        for (const [index, image] of ['acme/platform', 'acme/tenant'].entries()) {
          const sha = served[index];
          registry.push(image, makeMultiPlatform(sha ?? old), sha === undefined ? 'other' : 'latest');
        }
        const folder = mkdtempSync(join(tmpdir(), 'docker-config-'));
        const config = isInFile ? writeDockerConfig(folder, registry.host, `ci:${password}`) : null;
        const images = ['acme/platform', 'acme/tenant'].map((name) => `${registry.host}/${name}:latest`);
        return {
          args: ['--sha', ours, ...images.flatMap((image) => ['--image', image])],
          names: { OLD: old, OURS: ours, YOUNG: young },
          env: {
            HOME: '/nonexistent',
            ...config?.env,
            ...(hasLogin && !isInFile ? { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: password } : {}),
          },
          urls: { registry: registry.url },
          // A token that the registry's own service gives begins so.
          secrets: hasLogin ? [password, 'token-1-'] : [],
          ...(config === null ? {} : { files: config.files }),
          async close() {
            await registry.close();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      }),
  };
}

/** By a fetch of commits alone, in a folder of its own. */
function gitPath(decision: 'ahead' | 'behind'): Path {
  return {
    ...shared,
    name: `ancestry --via git ${decision}`,
    code: decision === 'ahead' ? 0 : 1,
    decision,
    // git itself tries nothing twice.
    once: /info\/refs|git-upload-pack/,
    needsDisk: true,
    needsGit: true,
    calls: 6,
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ancestry-git-'));
      const world = await openForgeWorld('gitea-1.22.6', async ({ forge }) => {
        const repo = forge.repo('acme/history', { defaultBranch: 'main', git: join(folder, 'history.git') });
        const [old, young] = pushLine(repo, 2) as [string, string];
        const [current, candidate] = decision === 'ahead' ? [old, young] : [young, old];
        return {
          args: ['--current', current, '--sha', candidate, '--via', 'git', '--repo', 'acme/history'],
          env: { GITHUB_SERVER_URL: forge.url },
          names: { CURRENT: current, CANDIDATE: candidate },
          close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
        };
      });
      return world;
    },
  };
}

export const ancestryPaths: readonly Path[] = [
  ...flavours.flatMap(currentPaths),
  imagePath('docker', 'github', 'ahead'),
  imagePath('ghcr', 'gitea-1.25.4', 'ahead'),
  imagePath('ghcr', 'github', 'absent'),
  imagePath('gitea', 'gitea-1.22.6', 'absent'),
  imagePath('docker-htpasswd', 'github', 'behind'),
  imagePath('docker', 'github', 'disagree'),
  gitPath('ahead'),
  gitPath('behind'),
];
