import { CouldNotTell } from '../errors.ts';
import { HttpFault, isLoopback, type HttpAnswer } from '../http.ts';
import type { RegistryCall } from './client.ts';

export type Scheme = 'http' | 'https';

/**
 * Schemes to try, the likely one first: plain http goes to this machine, and with --insecure to hosts that do not speak
 * https.
 */
export function listSchemes(host: string, allowPlainHttp: boolean): Scheme[] {
  if (isLoopback(new URL(`https://${host}`).hostname)) return ['http', 'https'];
  return allowPlainHttp ? ['https', 'http'] : ['https'];
}

/** A port that speaks the other scheme hangs up, or answers what is no TLS. */
export function isOtherScheme(error: unknown): boolean {
  return error instanceof HttpFault && (error.kind === 'reset' || error.kind === 'unreachable');
}

/** What answers a TLS greeting with something else is a registry on plain http. */
export function explainPlainHttp(
  error: unknown,
  { purpose, image }: Pick<RegistryCall, 'purpose' | 'image'>,
): unknown {
  if (!(error instanceof HttpFault) || !/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH/.test(error.message))
    return error;
  return new CouldNotTell(
    `Cannot ${purpose}: ${image.host} does not speak https, and on plain http credentials can be read; give it a certificate, or --insecure for a network you trust`,
    { cause: error },
  );
}

/** Go's and nginx's answers to plain http on a port that speaks https. */
export function wantsHttps(answer: HttpAnswer): boolean {
  return answer.status === 400 && /HTTP request (was sent )?to (an )?HTTPS/i.test(answer.text);
}
