import { openHttp } from '../open-http.ts';
import type { Call } from '../script.ts';
import { readSecret } from '../secret.ts';
import { assertAdminUrl } from './admin-url.ts';
import type { Admin } from './tenant-list.ts';

/** Is deploying switched on: `DEPLOY_DISABLED` empty or false? */
export function isEnabled({ environment }: Call<object>): boolean {
  const disabled = environment.get('DEPLOY_DISABLED');
  return disabled === undefined || disabled.trim().toLowerCase() === 'false';
}

/** The settings without which nothing can be rolled out. */
export function listMissing({ options, environment }: Call<{ 'cp-url': string | null }>): string[] {
  return [
    options['cp-url'] === null ? 'DEPLOY_CP_URL' : '',
    environment.get('DEPLOY_ADMIN_TOKEN') === undefined ? 'DEPLOY_ADMIN_TOKEN' : '',
  ].filter(Boolean);
}

/** The token of the control plane and of the tenant list; hidden from now on. Throws UsageError. */
function readAdminToken(call: Call<object>): string | undefined {
  return readSecret(call, 'DEPLOY_ADMIN_TOKEN');
}

/** With what the control plane and the tenant list are asked. Throws UsageError. */
export function openAdmin(call: Call<{ insecure: boolean }>, { fresh = false } = {}): Admin {
  const { insecure } = call.options;
  return { http: openHttp(call, insecure, { fresh }), token: readAdminToken(call), allowPlainHttp: insecure };
}

/** Where the rollout is asked for. Throws UsageError. */
export function endpointOf(base: string, endpoint: string, allowPlainHttp: boolean): URL {
  const root = assertAdminUrl(base, allowPlainHttp, '--cp-url (DEPLOY_CP_URL)');
  return new URL(`${root.origin}${root.pathname.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`);
}
