import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { makeImage, makeMultiPlatform } from '../../support/registry/images.mjs';
import { startRegistry } from '../../support/registry/registry.mjs';
import { pushLine, startWorld } from '../../support/world.mjs';
import { writeDockerConfig } from './docker-config.ts';
import { traceTag } from './traces.ts';
import type { Flavour } from './world.ts';
import { openWriterWorld, type WriterPath, type WriterWorld } from './writer-world.ts';

type Mode = 'docker' | 'ghcr' | 'gitea';

const password = 'Reg+word/with"signs%20=4&x';
/** A platform that is one image, a tenant of several platforms, and a worker that was never promoted. */
const images = ['acme/platform', 'acme/tenant', 'acme/worker'];
const build = (image: string, sha: string) =>
  image === 'acme/tenant' ? makeMultiPlatform(sha) : makeImage({ revision: sha, salt: image });
const nameOf = (image: string): string => image.slice('acme/'.length).toUpperCase();
/** A token that the registry's own service gives begins so. */
const secretsOf = (mode: Mode): string[] => (mode === 'docker' ? [] : [password, 'token-1-']);

function open(mode: Mode, flavour: Flavour, moved: readonly string[]): Promise<WriterWorld> {
  return openWriterWorld(async ({ hub, watch }) => {
    const { forge, repo, token } = await startWorld(flavour);
    const registry = await startRegistry(mode === 'docker' ? { mode } : { mode, users: { ci: password } });
    watch('forge', forge);
    watch('registry', registry);
    const [older, ours] = pushLine(repo, 2) as [string, string];
    const names: Record<string, string> = { OLDER: older, OURS: ours };
    for (const image of moved) {
      if (image !== 'acme/worker')
        names[`OLD-${nameOf(image)}`] = registry.push(image, build(image, older), 'latest');
      names[nameOf(image)] = registry.push(image, build(image, ours), `staging-${ours.slice(0, 7)}`);
    }
    const login = { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: password };
    return {
      args: [...moved.flatMap((image) => ['--image', `${registry.host}/${image}`]), '--sha', ours],
      env: {
        HOME: '/nonexistent',
        PROMOTE_SETTLE: '50ms',
        ...jobEnvironment(forge, { token }),
        ...(mode === 'docker' ? {} : login),
      },
      names,
      secrets: [token, ...secretsOf(mode)],
      traces: [traceTag(registry, moved, 'latest', hub.names)],
      close: () => Promise.all([forge.close(), registry.close()]),
    };
  });
}

/** One image, no forge, and the login that `docker login` left. */
function openAlone(): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const registry = await startRegistry({ mode: 'ghcr', users: { ci: password } });
    watch('registry', registry);
    const [older, ours] = ['b'.repeat(40), 'a'.repeat(40)] as const;
    const [image] = images as [string];
    const names = {
      OURS: ours,
      'OLD-PLATFORM': registry.push(image, build(image, older), 'latest'),
      PLATFORM: registry.push(image, build(image, ours), 'staging-aaaaaaa'),
    };
    const config = writeDockerConfig(folder, registry.host, `ci:${password}`);
    return {
      args: ['--image', `${registry.host}/${image}`, '--sha', ours, '--no-ancestry'],
      env: { GITHUB_REPOSITORY: 'acme/app', PROMOTE_SETTLE: '50ms', ...config.env },
      names,
      files: config.files,
      secrets: secretsOf('ghcr'),
      traces: [traceTag(registry, [image], 'latest', hub.names)],
      close: () => registry.close(),
    };
  });
}

/** Who says "promoted" says that every tag holds this build. */
function claims({ outputs }: ScriptResult): string[] {
  if (outputs['decision'] !== 'promoted') return [];
  const digests = Object.keys(JSON.parse(outputs['digests'] ?? '{}') as object);
  return images
    .filter((image) => digests.some((name) => name.endsWith(`/${image}`)))
    .map((image) => `tag ${image}:latest: ${nameOf(image)}`);
}

const shared = {
  script: 'promote-image',
  fresh: true,
  code: 0,
  decision: 'promoted',
  resumed: ['promoted', 'unchanged'],
  codes: [0, 1, 3],
  // What a HEAD does not tell is asked again by GET.
  shortCuts: /^registry HEAD /,
  calls: 12,
  claims,
  // "unknown": nothing written.
  denies: ({ code }: ScriptResult) => code === 3,
} as const;

function promotePath(mode: Mode, flavour: Flavour, moved: readonly string[]): WriterPath {
  return {
    ...shared,
    name: `promote-image ${mode} registry, ${flavour}, ${moved.length} images`,
    // As in ancestry, whose answer it asks for.
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\// }
      : { mayLack: /\/compare\//, untilEnough: /\/commits\?/ }),
    open: () => open(mode, flavour, moved),
  };
}

export const promoteImagePaths: readonly WriterPath[] = [
  promotePath('docker', 'gitea-1.25.4', images.slice(1)),
  promotePath('ghcr', 'github', images),
  promotePath('gitea', 'gitea-1.22.6', images),
  {
    ...shared,
    name: 'promote-image --no-ancestry, ghcr registry, login of docker',
    // A config that cannot be used is one of the environment.
    codes: [0, 1, 2, 3],
    open: openAlone,
  },
];
