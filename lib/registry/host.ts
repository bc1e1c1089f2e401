import { HttpFault, type Http, type HttpAnswer, type HttpCall } from '../http.ts';
import type { RegistryCall } from './client.ts';
import type { Credentials } from './credentials.ts';
import { explainPlainHttp, isOtherScheme, wantsHttps, type Scheme } from './schemes.ts';

/** A registry's host, and what is known of how it is talked to. */
export interface Host {
  readonly credentials: Credentials | null;
  /** Schemes to try, the likely one first; one alone once it has answered. */
  schemes: Scheme[];
}

/** A call with the Authorization value it is sent with. */
export interface Request {
  readonly call: RegistryCall;
  readonly authorization: string | undefined;
}

/** Sends by the scheme the host speaks, which shows in its first answer. Throws HttpFault, CouldNotTell. */
export async function sendToHost(http: Http, host: Host, request: Request): Promise<HttpAnswer> {
  const { call } = request;
  const [scheme, other] = host.schemes;
  const attempt = (by: string | undefined): Promise<HttpAnswer> =>
    http.send(toHttpCall(request, `${by}://${call.image.host}`));
  let answer: HttpAnswer;
  try {
    answer = await attempt(scheme);
    if (other === undefined) return answer;
    if (!wantsHttps(answer)) {
      host.schemes = host.schemes.slice(0, 1);
      return answer;
    }
  } catch (error) {
    if (other === undefined) throw explainPlainHttp(error, call);
    if (!isOtherScheme(error) || !(await speaks(http, call, other))) throw error;
  }
  host.schemes = [other];
  return attempt(other);
}

/** Does the host answer by the other scheme? Asked without credentials. */
async function speaks(http: Http, { purpose, image }: RegistryCall, scheme: Scheme): Promise<boolean> {
  try {
    const answer = await http.send({ purpose, url: `${scheme}://${image.host}/v2/`, attempts: 1 });
    return !wantsHttps(answer);
  } catch (error) {
    if (error instanceof HttpFault) return false;
    throw error;
  }
}

function toHttpCall({ call, authorization }: Request, origin: string): HttpCall {
  return {
    purpose: call.purpose,
    method: call.method ?? 'GET',
    url: `${origin}/v2/${call.image.path}/${call.path}`,
    headers: { ...call.headers, ...(authorization === undefined ? {} : { authorization }) },
    ...(call.body === undefined ? {} : { body: call.body }),
  };
}
