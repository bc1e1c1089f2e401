import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import type { Log } from '../script.ts';
import type { Credentials } from './credentials.ts';
import { sendToHost, type Host } from './host.ts';
import { openLogins, type LoginSettings } from './logins.ts';
import { findMend } from './mend.ts';
import type { ImageName } from './reference.ts';
import { listSchemes } from './schemes.ts';
import { basicAuthorization } from './token.ts';

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

export interface RegistrySettings extends LoginSettings {
  readonly log: Log;
  readonly findCredentials: (image: ImageName) => Credentials | null;
}

/** Finds every image's credentials at once, so that a wrong environment shows before any call. Throws UsageError. */
export function openRegistry(images: readonly ImageName[], settings: RegistrySettings): Registry {
  const { http } = settings;
  const hosts = findHosts(images, settings);
  const logins = openLogins(settings);
  const hostOf = (image: ImageName): Host => hosts.get(image.host) as Host;
  return {
    async send(call) {
      const { image } = call;
      const host = hostOf(image);
      const used = logins.get(image);
      const answer = await sendToHost(http, host, { call, authorization: used });
      if (answer.status !== 401) return answer;
      const renewed = await logins.renew(image, { answer, used, credentials: host.credentials });
      return renewed === undefined ? answer : sendToHost(http, host, { call, authorization: renewed });
    },
    describe: (answer) => http.describe(answer),
    refuse: (answer, { purpose, image }) =>
      new CouldNotTell(
        `Cannot ${purpose}: ${http.describe(answer)}; ${findMend(answer, hostOf(image).credentials)}`,
      ),
  };
}

/** The images' hosts by name, each with its credentials, which no output will show from here on. */
function findHosts(images: readonly ImageName[], settings: RegistrySettings): Map<string, Host> {
  const hosts = new Map<string, Host>();
  for (const image of images) {
    if (hosts.has(image.host)) continue;
    const credentials = settings.findCredentials(image);
    hosts.set(image.host, { credentials, schemes: listSchemes(image.host, settings.allowPlainHttp) });
    if (credentials === null) {
      settings.log.line(`${image.host}: no credentials found, asking anonymously`);
      continue;
    }
    settings.redactor.hide(credentials.password);
    settings.redactor.hide(basicAuthorization(credentials).slice('Basic '.length));
  }
  return hosts;
}
