import { countOf } from '../count.ts';
import { CouldNotTell } from '../errors.ts';
import { readTotalHeader } from '../forge/pages.ts';
import type { Http, HttpAnswer } from '../http.ts';
import { readText } from '../read-file.ts';
import { readJson, ShapeError } from '../shape.ts';
import { assertAdminUrl } from './admin-url.ts';

export interface Tenant {
  slug: string;
  url: string;
}

/** With what the list is asked of a server. */
export interface Admin {
  http: Http;
  token: string | undefined;
  allowPlainHttp: boolean;
}

/** The list in a file. Throws CouldNotTell. */
export function readTenantFile(file: string): Tenant[] {
  try {
    return readList(readText(file));
  } catch (error) {
    throw new CouldNotTell(
      `Cannot read the tenant list "${file}": ${(error as Error).message}; give a JSON array of {slug,url}`,
      { cause: error },
    );
  }
}

/** The list a server answers, whole. Throws CouldNotTell, and UsageError for an address that is none. */
export async function fetchTenantList(
  url: string,
  { http, token, allowPlainHttp }: Admin,
): Promise<Tenant[]> {
  assertAdminUrl(url, allowPlainHttp, '--tenants-url (DEPLOY_TENANTS_URL)');
  const purpose = 'read the tenant list';
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  const answer = await http.send({ purpose, url, headers });
  if (answer.status !== 200) {
    const mend =
      answer.status === 401 || answer.status === 403
        ? 'give a token that may in DEPLOY_ADMIN_TOKEN'
        : 'check DEPLOY_TENANTS_URL';
    throw new CouldNotTell(`Cannot ${purpose}: ${http.describe(answer)}; ${mend}`);
  }
  let tenants: Tenant[];
  try {
    tenants = readList(answer.bytes);
  } catch (error) {
    throw new CouldNotTell(
      `Cannot ${purpose}: GET ${answer.path} answered 200, but ${(error as Error).message}; it must answer a JSON array of {slug,url}`,
      { cause: error },
    );
  }
  if (isWhole(answer, tenants.length)) return tenants;
  throw new CouldNotTell(
    `Cannot ${purpose}: GET ${answer.path} answered ${countOf(tenants.length, 'tenant')} of a longer list; it must answer all of them at once: ask for a larger page in DEPLOY_TENANTS_URL`,
  );
}

/** A server that gives its lists by pages says so by their count or by a link; who is not listed is never asked. */
function isWhole(answer: HttpAnswer, shown: number): boolean {
  if ((readTotalHeader(answer) ?? 0) > shown) return false;
  return !/;\s*rel="?[^",;]*\bnext\b/i.test(answer.headers.get('link') ?? '');
}

function readList(source: string | Uint8Array): Tenant[] {
  const rows = readJson(source, 'the list').list();
  return rows.map((row) => {
    const tenant = { slug: row.field('slug').text(), url: row.field('url').text() };
    if (tenant.slug === '' || !isUrl(tenant.url))
      throw new ShapeError(`an item of the list is no tenant ("${tenant.slug}")`);
    return tenant;
  });
}

function isUrl(text: string): boolean {
  try {
    return new URL(text).host !== '';
  } catch {
    return false;
  }
}
