import { UsageError } from '../errors.ts';
import { assertSafeUrl } from '../http.ts';

/** An address that DEPLOY_ADMIN_TOKEN goes to; `what` names where it was given. Throws UsageError. */
export function assertAdminUrl(text: string, allowPlainHttp: boolean, what: string): URL {
  const url = assertSafeUrl(text, allowPlainHttp, what);
  if (url.username === '' && url.password === '') return url;
  throw new UsageError(
    `Cannot use ${what}: it holds credentials; leave them out, and give the token in DEPLOY_ADMIN_TOKEN`,
  );
}
