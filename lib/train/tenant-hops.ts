import { CouldNotTell } from '../errors.ts';
import { verifyFleet } from '../deploy/verify-fleet.ts';
import type { Tenant } from '../deploy/tenant-list.ts';
import { readTenants } from '../deploy/tenants.ts';
import { countBetween } from '../forge/range.ts';
import { fetchHistoryPage } from '../forge/commits.ts';
import { shellCommand } from '../shell-command.ts';
import { shortSha } from '../sha.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { measureLag } from './lag.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';

const atOnce = 16;

/**
 * `image→tenant`, each: which tenants do not run what the image holds. Throws CouldNotTell where the list cannot be
 * read.
 */
export async function surveyTenants(
  surveyor: Surveyor,
  source: string,
  expected: () => Promise<string | null>,
  token: string | undefined,
): Promise<Hop[]> {
  const { config, context } = surveyor;
  const tenants = await readTenants(
    { tenant: [], 'tenants-file': null, 'tenants-url': config.tenantsUrl },
    { http: context.http, token, allowPlainHttp: surveyor.allowPlainHttp },
  );
  if (tenants.length === 0)
    throw new CouldNotTell(
      'Cannot tell what tenants run: the list at tenants_url is empty; check tenants_url, or leave it out where there are none',
    );
  const revision = await expected();
  if (revision === null) {
    const why = `what ${source} holds could not be told, so tenants cannot be compared with it`;
    return tenants.map(({ slug }) => ({ ...startHop('tenant', source, slug), cause: why }));
  }
  const question = {
    tenants,
    expected: revision,
    path: '/buildinfo',
    field: 'git_sha',
    hits: 1,
    concurrency: atOnce,
  };
  const answers = await verifyFleet(
    { ...question, waitMs: 0, pollMs: 1000 },
    {
      http: context.http,
      clock: surveyor.clock,
      relate: () => Promise.resolve(null),
      onSettled: () => undefined,
      isEnough: () => true,
    },
  );
  const lags = new Map<string, Promise<Hop>>();
  return Promise.all(
    answers.map(async ({ slug, state, actual, why }) => {
      const hop: Hop = { ...startHop('tenant', source, slug), from: revision, to: actual };
      if (state === 'current') return { ...hop, state: 'current', commits: 0 };
      if (actual === null)
        return { ...hop, cause: `${slug} does not say what it runs: ${why}`, next: nextFor(tenants, slug) };
      const measured =
        lags.get(actual) ?? surveyor.guard(hop, () => compareTenant(surveyor, hop, { revision, actual }));
      lags.set(actual, measured);
      const { name, target } = hop;
      const found = await measured;
      return { ...found, name, target, cause: found.cause?.replace('TENANT', () => slug) ?? null };
    }),
  );
}

/** How far what a tenant runs, `actual`, lies behind what the image holds. */
async function compareTenant(
  surveyor: Surveyor,
  hop: Hop,
  { revision, actual }: { revision: string; actual: string },
): Promise<Hop> {
  const { forge, config, now } = surveyor;
  const [whole] = (await fetchHistoryPage(forge, actual, 1)) ?? [];
  if (whole === undefined)
    return {
      ...hop,
      state: 'stalled',
      cause: `tenants stale: TENANT runs ${shortSha(actual)}, a commit the server does not know`,
      next: rollOut(surveyor, revision),
    };
  const lag = await measureLag(forge, {
    delivered: whole.sha,
    head: revision,
    branch: config.branches.at(-1) as string,
    ignore: config.ignorePaths,
    lateMs: config.slo.ageMs,
    now,
  });
  const known: Hop = { ...hop, to: whole.sha };
  if (lag.commits === 0 && (await countBetween(forge, whole.sha, revision)) >= 0)
    return { ...known, state: 'current', commits: 0 };
  const late: Hop = { ...known, ...lag };
  if (isWithin(late, config.slo)) return { ...late, state: 'moving' };
  return {
    ...late,
    state: 'stalled',
    cause: `tenants stale: TENANT still runs ${shortSha(whole.sha)}`,
    next: rollOut(surveyor, revision),
  };
}

function rollOut(surveyor: Surveyor, revision: string): string {
  return runInRepo(surveyor, 'prod-auto-deploy', 'rollout', '--sha', revision);
}

function nextFor(tenants: readonly Tenant[], slug: string): string {
  const url = tenants.find((tenant) => tenant.slug === slug)?.url.replace(/\/+$/, '') ?? '';
  return shellCommand('curl', '-fsS', `${url}/buildinfo`);
}
