import type { Http, HttpAnswer } from '../http.ts';
import type { Redactor } from '../redact.ts';
import { parseChallenges } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import type { ImageName } from './reference.ts';
import { basicAuthorization, fetchBearer } from './token.ts';

/** A call that a registry answered with 401. */
export interface Refused {
  readonly answer: HttpAnswer;
  /** The Authorization value it was sent with. */
  readonly used: string | undefined;
  readonly credentials: Credentials | null;
}

/** The Authorization values that registries take, image by image: a token is good for one image. */
export interface Logins {
  /** Undefined before the first login. */
  get(image: ImageName): string | undefined;
  /**
   * Logs in as the 401 asks; undefined where another try cannot help: no way in is offered, or this one was just
   * refused. Calls of one image that meet a 401 side by side share one login. Throws CouldNotTell.
   */
  renew(image: ImageName, refused: Refused): Promise<string | undefined>;
}

export interface LoginSettings {
  readonly http: Http;
  readonly redactor: Redactor;
  readonly allowPlainHttp: boolean;
  /** What tokens are asked for. */
  readonly actions: 'pull' | 'pull,push';
}

/** Nobody is logged in yet. */
export function openLogins(settings: LoginSettings): Logins {
  const logins = new Map<string, string>();
  const running = new Map<string, Promise<string | undefined>>();
  const keyOf = ({ host, path }: ImageName): string => `${host}/${path}`;

  async function renewNow(image: ImageName, refused: Refused): Promise<string | undefined> {
    const key = keyOf(image);
    try {
      const fresh = await logIn(image, refused, settings);
      if (fresh !== undefined) logins.set(key, fresh);
      return fresh;
    } finally {
      running.delete(key);
    }
  }

  return {
    get: (image) => logins.get(keyOf(image)),
    renew(image, refused) {
      const key = keyOf(image);
      const known = logins.get(key);
      if (known !== refused.used) return Promise.resolve(known);
      const renewal = running.get(key) ?? renewNow(image, refused);
      running.set(key, renewal);
      return renewal;
    },
  };
}

async function logIn(
  image: ImageName,
  { answer, used, credentials }: Refused,
  settings: LoginSettings,
): Promise<string | undefined> {
  const challenges = parseChallenges(answer.headers.get('www-authenticate'));
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  if (bearer) {
    const request = {
      registry: new URL(answer.url),
      scope: `repository:${image.path}:${settings.actions}`,
      credentials,
      allowPlainHttp: settings.allowPlainHttp,
    };
    return fetchBearer(bearer, request, settings);
  }
  if (credentials === null || !challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
  const basic = basicAuthorization(credentials);
  return basic === used ? undefined : basic;
}
