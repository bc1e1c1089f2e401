import { CouldNotTell } from '../errors.ts';
import { HttpFault, isLoopback, type Http, type HttpAnswer, type HttpCall } from '../http.ts';
import type { Redactor } from '../redact.ts';
import type { Log } from '../script.ts';
import { parseChallenges } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import type { ImageName } from './reference.ts';
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
  schemes: ('http' | 'https')[];
}

/** Finds every image's credentials at once, so that a wrong environment shows before any call. Throws UsageError. */
export function openRegistry(images: readonly ImageName[], settings: RegistrySettings): Registry {
  const { http, redactor, log } = settings;
  const hosts = new Map<string, Host>();
  for (const image of images) {
    if (hosts.has(image.host)) continue;
    const credentials = settings.findCredentials(image);
    hosts.set(image.host, { credentials, schemes: listSchemes(image.host, settings) });
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

/** Plain http goes to this machine, and with --insecure to hosts that do not speak https. */
function listSchemes(host: string, { allowPlainHttp }: RegistrySettings): Host['schemes'] {
  if (isLoopback(new URL(`https://${host}`).hostname)) return ['http', 'https'];
  return allowPlainHttp ? ['https', 'http'] : ['https'];
}

/** A port that speaks the other scheme hangs up, or answers what is no TLS. */
function isOtherScheme(error: unknown): boolean {
  return error instanceof HttpFault && (error.kind === 'reset' || error.kind === 'unreachable');
}

/** What answers a TLS greeting with something else is a registry on plain http. */
function explainPlainHttp(error: unknown, { purpose, image }: RegistryCall): unknown {
  if (!(error instanceof HttpFault) || !/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH/.test(error.message))
    return error;
  return new CouldNotTell(
    `Cannot ${purpose}: ${image.host} does not speak https, and on plain http credentials can be read; give it a certificate, or --insecure for a network you trust`,
    { cause: error },
  );
}

/** Go's and nginx's answers to plain http on a port that speaks https. */
function wantsHttps(answer: HttpAnswer): boolean {
  return answer.status === 400 && /HTTP request (was sent )?to (an )?HTTPS/i.test(answer.text);
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

function findMend({ status, method }: HttpAnswer, credentials: Credentials | null): string {
  if (status === 401 || status === 403) {
    const login = 'set REGISTRY_USERNAME and REGISTRY_PASSWORD';
    if (method === 'PUT') {
      if (credentials !== null) return 'the token may read but not write: packages: write';
      return `no credentials were found, and the anonymous token may read but not write: packages: write; ${login}`;
    }
    if (credentials === null) return `no credentials were found: ${login}`;
    return `the login from ${credentials.from} is refused: check it, and its right to read (packages: read)`;
  }
  if (status === 404) {
    return 'check the name, and that the login may read it (a private image answers 404 to who may not)';
  }
  if (status === 429) return 'the rate limit is used up: come back later, or log in';
  if (status >= 500) return 'the registry is not well: run again in a few minutes';
  if (status >= 300 && status < 400) return 'the registry points elsewhere: give the name it has now';
  return 'check that this is a registry and the name is right, then run again';
}
