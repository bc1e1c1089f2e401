import type { Hop, HopKind, HopState } from '../../lib/train/hop.ts';
import type { TrainReport } from '../../lib/train/report.ts';

const sha = (digit: string): string => digit.repeat(40);
const registry = 'ghcr.io/acme';

function hop(kind: HopKind, source: string, target: string, state: HopState, more: Partial<Hop> = {}): Hop {
  return {
    name: `${source}→${target}`,
    kind,
    source,
    target,
    from: sha('b'),
    to: state === 'current' ? sha('b') : sha('a'),
    state,
    commits: state === 'current' ? 0 : null,
    atMost: false,
    ageSeconds: null,
    atLeast: false,
    cause: null,
    next: null,
    ...more,
  };
}

/** A train of ten stations with every state in it; with `tenants` and `repositories` as many as are wanted. */
export function sampleTrain({ tenants = 3, repositories = 3 } = {}): TrainReport {
  const image = `${registry}/platform-tenant:latest`;
  const stale = { commits: 9, ageSeconds: 7 * 3600 + 12 * 60 };
  const states: HopState[] = ['current', 'stalled', 'unknown', 'moving'];
  return {
    repo: 'acme/platform',
    branches: ['staging', 'main'],
    checkedAt: Date.UTC(2026, 3, 28, 14, 5),
    hops: [
      hop('branch', 'staging', 'main', 'moving', { commits: 2, ageSeconds: 540 }),
      hop('back-sync', 'main', 'staging', 'current'),
      hop('image', 'main', `${registry}/platform:latest`, 'current'),
      hop('image', 'main', image, 'stalled', {
        ...stale,
        cause:
          'e2e-staging-saas.yml never ran at bbbbbbb: no changed file matches its paths filter (workspace-server/internal/**)',
        next: 'gh workflow run e2e-staging-saas.yml --repo acme/platform --ref main',
      }),
      ...Array.from({ length: tenants }, (_, index) => {
        const state = states[(index + 1) % 4] as HopState;
        const slug = `tenant-${String(index + 1).padStart(3, '0')}`;
        const cause = {
          stalled: `tenants stale: ${slug} still runs aaaaaaa`,
          unknown: `${slug} does not say what it runs: it answers HTML`,
        };
        return hop('tenant', image, slug, state, {
          ...(state === 'stalled'
            ? {
                ...stale,
                cause: cause.stalled,
                next: `node vendor/prod-auto-deploy.mjs rollout --sha ${sha('b')}`,
              }
            : {}),
          ...(state === 'unknown'
            ? { to: null, cause: cause.unknown, next: `curl -fsS https://${slug}.example.com/buildinfo` }
            : {}),
          ...(state === 'moving' ? { commits: 1, ageSeconds: 95 } : {}),
        });
      }),
      ...Array.from({ length: repositories }, (_, index) => {
        const state = index % 3 === 1 ? 'moving' : 'current';
        const lag = state === 'moving' ? { commits: 1, ageSeconds: 4000, to: '1.3.0' } : { to: '1.4.0' };
        return hop('version', 'runtime-v1.4.0', `acme/template-${index + 1}`, state, {
          from: '1.4.0',
          ...lag,
        });
      }),
    ],
  };
}

/** A train of branches alone, one of them stuck. */
export function sampleBranches(count: number): TrainReport {
  const branches = Array.from({ length: count }, (_, index) => `stage-${index}`);
  const pairs = branches.slice(1).map((target, index) => [`stage-${index}`, target] as const);
  const stuck = {
    commits: 12,
    ageSeconds: 99_999,
    cause: 'no pull request is open from stage-4 to stage-5',
    next: 'node vendor/auto-promote.mjs --from stage-4 --to stage-5 --force',
  };
  return {
    repo: 'acme/platform',
    branches,
    checkedAt: Date.UTC(2026, 3, 28, 14, 5),
    hops: [
      ...pairs.map(([source, target], index) =>
        index === 4
          ? hop('branch', source, target, 'stalled', stuck)
          : hop('branch', source, target, 'current'),
      ),
      ...pairs.map(([source, target]) => hop('back-sync', target, source, 'current')).reverse(),
    ],
  };
}
