import { CouldNotTell } from '../errors.ts';
import { HttpFault, type Http, type HttpAnswer, type HttpCall } from '../http.ts';
import type { Redactor } from '../redact.ts';
import type { Log } from '../script.ts';
import { parseChallenges } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { findMend } from './mend.ts';
import type { ImageName } from './reference.ts';
import { explainPlainHttp, isOtherScheme, listSchemes, wantsHttps, type Scheme } from './schemes.ts';
import { basicAuthorization, fetchBearer } from './token.ts';

export interface RegistryCall {
  /** The object of `Cannot …`. */
  readonly purpose: string;
  readonly image: ImageName;
  readonly method?: 'GET' | 'HEAD' | 'PUT';
  /** Below the image's name, as `manifests/latest`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Registries by the OCI distribution API: logs in as each asks, renews a login once on a 401. */
export interface Registry {
  /** Whatever the registry said. Throws HttpFault where no answer came, CouldNotTell where no login could be had. */
  send(call: RegistryCall): Promise<HttpAnswer>;
  /** `GET /path answered 404 "…"`. */
  describe(answer: HttpAnswer): string;
  /** The error for an answer that is no use: the registry's words and the mend. */
  refuse(answer: HttpAnswer, call: Pick<RegistryCall, 'purpose' | 'image'>): CouldNotTell;
}

export interface RegistrySettings {
  readonly http: Http;
  readonly redactor: Redactor;
  readonly log: Log;
  readonly allowPlainHttp: boolean;
  /** What tokens are asked for. */
  readonly actions: 'pull' | 'pull,push';
  readonly findCredentials: (image: ImageName) => Credentials | null;
}

interface Host {
  readonly credentials: Credentials | null;
  /** Schemes to try, the likely one first. */
  schemes: Scheme[];
}

/** Finds every image's credentials at once, so that a wrong environment shows before any call. Throws UsageError. */
export function openRegistry(images: readonly ImageName[], settings: RegistrySettings): Registry {
  const { http, redactor, log } = settings;
  const hosts = new Map<string, Host>();
  for (const image of images) {
    if (hosts.has(image.host)) continue;
    const credentials = settings.findCredentials(image);
    hosts.set(image.host, { credentials, schemes: listSchemes(image.host, settings.allowPlainHttp) });
    if (credentials === null) log.line(`${image.host}: no credentials found, asking anonymously`);
    else {
      redactor.hide(credentials.password);
      redactor.hide(basicAuthorization(credentials).slice('Basic '.length));
    }
  }
  /** By host and image: a token is good for one image. */
  const logins = new Map<string, string | undefined>();
  const renewals = new Map<string, Promise<string | undefined>>();

  async function send(call: RegistryCall): Promise<HttpAnswer> {
    const key = `${call.image.host}/${call.image.path}`;
    const used = logins.get(key);
    const answer = await sendOnce(call, used);
    if (answer.status !== 401) return answer;
    const renewed = await renew(key, call, answer, used);
    return renewed === undefined ? answer : sendOnce(call, renewed);
  }

  /** Calls of one image that meet a 401 side by side share one renewal. */
  function renew(
    key: string,
    call: RegistryCall,
    answer: HttpAnswer,
    used: string | undefined,
  ): Promise<string | undefined> {
    const known = logins.get(key);
    if (known !== used) return Promise.resolve(known);
    const running = renewals.get(key);
    if (running) return running;
    const renewal = login(call, answer, used)
      .then((fresh) => {
        if (fresh !== undefined) logins.set(key, fresh);
        return fresh;
      })
      .finally(() => renewals.delete(key));
    renewals.set(key, renewal);
    return renewal;
  }

  /** Undefined where another try cannot help: no way in is offered, or this one was just refused. */
  async function login(
    call: RegistryCall,
    answer: HttpAnswer,
    used: string | undefined,
  ): Promise<string | undefined> {
    const { credentials } = hostOf(call.image);
    const challenges = parseChallenges(answer.headers.get('www-authenticate'));
    const bearer = challenges.find(
      ({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'),
    );
    if (bearer) {
      const request = {
        registry: new URL(answer.url),
        scope: `repository:${call.image.path}:${settings.actions}`,
        credentials,
        allowPlainHttp: settings.allowPlainHttp,
      };
      return fetchBearer(bearer, request, settings);
    }
    if (credentials === null || !challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
    const basic = basicAuthorization(credentials);
    return basic === used ? undefined : basic;
  }

  async function sendOnce(call: RegistryCall, authorization: string | undefined): Promise<HttpAnswer> {
    const host = hostOf(call.image);
    const [scheme, other] = host.schemes;
    const attempt = (by: string | undefined): Promise<HttpAnswer> =>
      http.send(toHttpCall(call, `${by}://${call.image.host}`, authorization));
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
      if (!isOtherScheme(error) || !(await speaks(call, other))) throw error;
    }
    host.schemes = [other];
    return attempt(other);
  }

  /** Does the host answer by the other scheme? Asked without credentials. */
  async function speaks(call: RegistryCall, scheme: string): Promise<boolean> {
    try {
      const url = `${scheme}://${call.image.host}/v2/`;
      const answer = await http.send({ purpose: call.purpose, url, attempts: 1 });
      return !wantsHttps(answer);
    } catch (error) {
      if (error instanceof HttpFault) return false;
      throw error;
    }
  }

  function hostOf(image: ImageName): Host {
    return hosts.get(image.host) as Host;
  }

  return {
    send,
    describe: (answer) => http.describe(answer),
    refuse: (answer, call) =>
      new CouldNotTell(
        `Cannot ${call.purpose}: ${http.describe(answer)}; ${findMend(answer, hostOf(call.image).credentials)}`,
      ),
  };
}

function toHttpCall(call: RegistryCall, origin: string, authorization: string | undefined): HttpCall {
  return {
    purpose: call.purpose,
    method: call.method ?? 'GET',
    url: `${origin}/v2/${call.image.path}/${call.path}`,
    headers: { ...call.headers, ...(authorization === undefined ? {} : { authorization }) },
    ...(call.body === undefined ? {} : { body: call.body }),
  };
}
