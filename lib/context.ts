import { UsageError } from './errors.ts';
import { readEvent, type Event } from './event.ts';
import { findApi, findServer, type ForgeKind } from './find-api.ts';
import { assertSafeUrl, type Http } from './http.ts';
import { openHttp } from './open-http.ts';
import { asChoice, asRepo, asText, flag, one, oneOr, type OptionValues } from './options.ts';
import type { Call } from './script.ts';
import { readSecret } from './secret.ts';

const tokenVariables = ['SWITCHYARD_TOKEN', 'GITEA_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'] as const;

/** Which forge, which repository, which credentials: the same for every script that asks a forge. */
export const forgeOptions = {
  forge: oneOr({
    help: 'what kind of server the API URL is; auto: gitea in its runners or where the URL ends in /api/v1',
    value: 'auto|github|gitea|forgejo',
    variables: ['SWITCHYARD_FORGE'],
    fallback: 'auto',
    parse: asChoice('auto', 'github', 'gitea', 'forgejo'),
  }),
  'api-url': one({
    help: "the forge's API",
    value: 'URL',
    variables: ['SWITCHYARD_API_URL', 'GITHUB_API_URL'],
    shown: 'GITHUB_SERVER_URL + /api/v1 or /api/v3, else https://api.github.com',
    parse: asText,
  }),
  repo: one({ help: 'the repository', value: 'OWNER/NAME', variables: ['GITHUB_REPOSITORY'], parse: asRepo }),
  'token-env': one({
    help: 'the variable that holds the token (a token is never an option)',
    value: 'NAME',
    shown: tokenVariables.join(', '),
    parse: asText,
  }),
  insecure: flag({
    help: 'allow plain http to hosts other than this machine',
    variables: ['SWITCHYARD_INSECURE'],
  }),
};

export type ForgeOptionValues = OptionValues<typeof forgeOptions>;

export interface Context {
  readonly kind: ForgeKind;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** What people open, and what git clones from: without a slash at its end. */
  readonly serverUrl: string;
  /** May a token go to other machines by plain http (`--insecure`)? */
  readonly allowPlainHttp: boolean;
  /** Undefined where neither option nor variable names one; `requireRepo` refuses that. */
  readonly repo: string | undefined;
  readonly token: string | undefined;
  readonly event: Event;
  readonly http: Http;
}

/** Reads where we are from options and environment, without any call. Throws UsageError. */
export function readContext(call: Call<ForgeOptionValues>, { fresh = false } = {}): Context {
  const { options, environment } = call;
  const http = openHttp(call, options.insecure, { fresh });
  const token = readToken(call);
  const found = findApi(options, environment);
  const apiUrl = assertSafeUrl(found.url, options.insecure, '--api-url (SWITCHYARD_API_URL)');
  if (apiUrl.username !== '' || apiUrl.password !== '') {
    throw new UsageError('Cannot use --api-url: it holds credentials; give them in SWITCHYARD_TOKEN');
  }
  const event = readEvent(environment);
  return {
    kind: found.kind,
    apiUrl: `${apiUrl.origin}${apiUrl.pathname}`.replace(/\/+$/, ''),
    serverUrl: findServer(apiUrl, environment),
    allowPlainHttp: options.insecure,
    repo: options.repo ?? undefined,
    token,
    event,
    http,
  };
}

/** The server that git may be sent to with the token. Throws UsageError where it could be read on its way. */
export function requireGitServer({ serverUrl, allowPlainHttp }: Context): string {
  assertSafeUrl(serverUrl, allowPlainHttp, 'GITHUB_SERVER_URL');
  return serverUrl;
}

/** The repository, or a UsageError that says how to name it. */
export function requireRepo(context: Context): string {
  if (context.repo !== undefined) return context.repo;
  throw new UsageError(
    'Cannot run without --repo: no repository is named; give --repo owner/name, or set GITHUB_REPOSITORY',
  );
}

function readToken(call: Call<ForgeOptionValues>): string | undefined {
  const { options, environment, redactor } = call;
  for (const name of tokenVariables) redactor.hide(environment.get(name));
  const chosen = options['token-env'];
  if (chosen !== null && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(chosen)) {
    throw new UsageError(
      'Cannot use --token-env: it wants the NAME of a variable, not a token; give --token-env MY_TOKEN',
    );
  }
  const name = chosen ?? tokenVariables.find((variable) => environment.get(variable) !== undefined);
  const token = name === undefined ? undefined : readSecret(call, name, `the token in ${name}`);
  if (chosen !== null && token === undefined) {
    throw new UsageError(
      `Cannot use --token-env ${chosen}: the variable is not set or empty; set it, or leave the option out`,
    );
  }
  return token;
}
