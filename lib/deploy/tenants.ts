import { CouldNotTell, UsageError } from '../errors.ts';
import { assertSafeUrl } from '../http.ts';
import { asShard, asText, many, one, oneOr, splitList } from '../options.ts';
import type { Environment } from '../script.ts';
import { fetchTenantList, readTenantFile, type Admin, type Tenant } from './tenant-list.ts';

/** Where the fleet's list comes from. */
export const tenantOptions = {
  tenant: many({
    help: 'a tenant and its address',
    value: 'SLUG=URL',
    variables: ['DEPLOY_TENANTS'],
    rivals: ['tenants-file', 'tenants-url'],
    parse: parseTenant,
  }),
  'tenants-file': one({
    help: 'JSON array of {slug,url}; read where no --tenant is given',
    value: 'FILE',
    variables: ['DEPLOY_TENANTS_FILE'],
    rivals: ['tenant', 'tenants-url'],
    parse: asText,
  }),
  'tenants-url': one({
    help: 'address that answers the same array, with DEPLOY_ADMIN_TOKEN; asked where neither of the above is given',
    value: 'URL',
    variables: ['DEPLOY_TENANTS_URL'],
    rivals: ['tenant', 'tenants-file'],
    parse: asText,
  }),
  shard: oneOr({
    help: 'only every N-th tenant of the list sorted by slug, from the I-th on',
    value: 'I/N',
    variables: ['DEPLOY_SHARD'],
    fallback: '1/1',
    parse: asShard,
  }),
};

export interface TenantSource {
  tenant: readonly Tenant[];
  'tenants-file': string | null;
  'tenants-url': string | null;
}

function parseTenant(text: string, source: string): Tenant {
  const at = text.indexOf('=');
  const [slug, url] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || !/^https?:\/\//i.test(url)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no tenant; give it as SLUG=https://host`);
  }
  return { slug, url };
}

/** Is any source of the list set? */
export function hasTenantSource(source: TenantSource): boolean {
  return source.tenant.length > 0 || source['tenants-file'] !== null || source['tenants-url'] !== null;
}

/** The options that name the same fleet in another command; none where the variables do. */
export function repeatTenantOptions(source: TenantSource, environment: Environment): string[] {
  const { tenant, 'tenants-file': file, 'tenants-url': url } = source;
  const named = splitList(environment.get('DEPLOY_TENANTS') ?? '');
  const given = tenant.map(({ slug, url }) => `${slug}=${url}`);
  return [
    ...(given.join(' ') === named.join(' ') ? [] : given.flatMap((one) => ['--tenant', one])),
    ...(file === null || file === environment.get('DEPLOY_TENANTS_FILE') ? [] : ['--tenants-file', file]),
    ...(url === null || url === environment.get('DEPLOY_TENANTS_URL') ? [] : ['--tenants-url', url]),
  ];
}

/**
 * The whole fleet, sorted by slug. Throws UsageError for a list that is wrong where the user wrote it,
 * CouldNotTell for one that cannot be read.
 */
export async function readTenants(source: TenantSource, admin: Admin): Promise<Tenant[]> {
  const tenants = await listTenants(source, admin);
  const isFetched = source.tenant.length === 0 && source['tenants-file'] === null;
  try {
    assertFleet(tenants, admin.allowPlainHttp);
  } catch (error) {
    // A list that a server gave is not the caller's to mend.
    if (isFetched && error instanceof UsageError) throw new CouldNotTell(error.message, { cause: error });
    throw error;
  }
  return [...tenants].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

function assertFleet(tenants: readonly Tenant[], allowPlainHttp: boolean): void {
  const seen = new Map<string, string>();
  for (const { slug, url } of tenants) {
    if (seen.has(slug))
      throw new UsageError(`Cannot use the tenant list: "${slug}" stands in it twice; leave one out`);
    assertSafeUrl(url, allowPlainHttp, `the address of the tenant ${slug}`);
    seen.set(slug, url);
  }
}

/**
 * The slugs of the tenants that a rollout is for; none where no list is named. A list that is named and empty is no
 * fleet: nothing the control plane says could be held against it. Throws as `readTenants`, and CouldNotTell for it.
 */
export async function readSlugs(source: TenantSource, admin: Admin): Promise<string[]> {
  if (!hasTenantSource(source)) return [];
  const tenants = await readTenants(source, admin);
  if (tenants.length > 0) return tenants.map(({ slug }) => slug);
  throw new CouldNotTell(
    'Cannot roll out: the tenant list is empty, so no answer of the control plane could be checked; check DEPLOY_TENANTS_FILE and DEPLOY_TENANTS_URL',
  );
}

async function listTenants(source: TenantSource, admin: Admin): Promise<readonly Tenant[]> {
  if (source.tenant.length > 0) return source.tenant;
  if (source['tenants-file'] !== null) return readTenantFile(source['tenants-file']);
  if (source['tenants-url'] !== null) return fetchTenantList(source['tenants-url'], admin);
  throw new UsageError(
    'Cannot verify without tenants: no list is named; give --tenant SLUG=URL, --tenants-file or --tenants-url (DEPLOY_TENANTS, DEPLOY_TENANTS_FILE, DEPLOY_TENANTS_URL)',
  );
}

/** The tenants of one shard: every N-th from the I-th on, so that the shards cover the list exactly once. */
export function chooseShard<T>(items: readonly T[], { index, of }: { index: number; of: number }): T[] {
  return items.filter((_, position) => position % of === index - 1);
}
