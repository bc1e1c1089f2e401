import { UsageError } from './errors.ts';
import { readEvent, type Event } from './event.ts';
import { assertSafeUrl, createHttp, type Http } from './http.ts';
import { asChoice, asRepo, asSha, asText, flag, one, oneOr } from './options.ts';
import type { Call, Environment } from './script.ts';

export type ForgeKind = 'github' | 'gitea' | 'forgejo';

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

/** The commit in question. */
export const shaOption = {
  sha: one({
    help: 'the commit, all 40 or 64 hex digits',
    value: 'SHA',
    shown: "the event's workflow_run.head_sha, then GITHUB_SHA",
    parse: asSha,
  }),
};

type OptionValue<T> = T extends { read: (...args: never[]) => infer V } ? V : never;
export type ForgeOptionValues = { [K in keyof typeof forgeOptions]: OptionValue<(typeof forgeOptions)[K]> };

export interface Context {
  readonly kind: ForgeKind;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** What people open, and what git clones from: without a slash at its end. */
  readonly serverUrl: string;
  /** Undefined where neither option nor variable names one; `requireRepo` refuses that. */
  readonly repo: string | undefined;
  readonly token: string | undefined;
  readonly event: Event;
  readonly http: Http;
}

/** Reads where we are from options and environment, without any call. Throws UsageError. */
export function readContext(call: Call<ForgeOptionValues>, { fresh = false } = {}): Context {
  const { options, environment } = call;
  const http = readHttp(call, options.insecure, { fresh });
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
    repo: options.repo ?? undefined,
    token,
    event,
    http,
  };
}

/** The repository, or a UsageError that says how to name it. */
export function requireRepo(context: Context): string {
  if (context.repo !== undefined) return context.repo;
  throw new UsageError(
    'Cannot run without --repo: no repository is named; give --repo owner/name, or set GITHUB_REPOSITORY',
  );
}

/**
 * The commit in question: the option, else the tested commit of a `workflow_run` event (whose GITHUB_SHA is
 * the tip of the default branch), else GITHUB_SHA. Throws UsageError.
 */
export function requireSha(given: string | null, context: Context, environment: Environment): string {
  const sha = findSha(given, context, environment);
  if (sha === null) {
    throw new UsageError('Cannot run without --sha: no commit is named; give --sha SHA, or set GITHUB_SHA');
  }
  return sha;
}

/** As `requireSha`, but null where no commit is named. */
export function findSha(given: string | null, context: Context, environment: Environment): string | null {
  const tested = given ?? context.event.workflowRun()?.headSha;
  if (tested !== undefined) return tested;
  const text = environment.get('GITHUB_SHA');
  return text === undefined ? null : asSha(text, 'GITHUB_SHA');
}

/** The HTTP client with its time-outs from the environment. Throws UsageError. */
export function readHttp(
  call: Call<unknown & object>,
  allowPlainHttp: boolean,
  { fresh = false } = {},
): Http {
  const { environment, redactor, clock, agent } = call;
  return createHttp({
    timeoutMs: readMs(environment, 'SWITCHYARD_HTTP_TIMEOUT_MS', 15_000),
    deadlineMs: readMs(environment, 'SWITCHYARD_HTTP_DEADLINE_MS', 120_000),
    retryMs: readMs(environment, 'SWITCHYARD_HTTP_RETRY_MS', 500),
    allowPlainHttp,
    fresh,
    agent: `switchyard-${agent}`,
    redactor,
    clock,
  });
}

function readMs(environment: Environment, name: string, fallback: number): number {
  const text = environment.get(name)?.trim();
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`Cannot use ${name}: "${text}" is no number of milliseconds; give a whole number`);
  }
  return Number(text);
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
  const token = name === undefined ? undefined : environment.get(name)?.trim();
  if (chosen !== null && token === undefined) {
    throw new UsageError(
      `Cannot use --token-env ${chosen}: the variable is not set or empty; set it, or leave the option out`,
    );
  }
  redactor.hide(token);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      `Cannot use the token in ${name}: it holds characters that no token has; set it again without line breaks`,
    );
  }
  return token;
}

function findApi(options: ForgeOptionValues, environment: Environment): { kind: ForgeKind; url: string } {
  const given = options['api-url'];
  const server = environment.get('GITHUB_SERVER_URL')?.replace(/\/+$/, '');
  const kind = options.forge === 'auto' ? detectKind(given, environment) : options.forge;
  if (given !== null) return { kind, url: given };
  if (kind === 'github') {
    const isDotCom = server === undefined || /^https?:\/\/(www\.)?github\.com$/i.test(server);
    return { kind, url: isDotCom ? 'https://api.github.com' : `${server}/api/v3` };
  }
  if (server === undefined) {
    throw new UsageError(
      `Cannot find the API of ${kind}: no URL is given; give --api-url https://host/api/v1, or set GITHUB_SERVER_URL`,
    );
  }
  return { kind, url: `${server}/api/v1` };
}

function detectKind(apiUrl: string | null, environment: Environment): ForgeKind {
  if (environment.get('FORGEJO_ACTIONS') !== undefined) return 'forgejo';
  if (environment.get('GITEA_ACTIONS') !== undefined) return 'gitea';
  return apiUrl !== null && /\/api\/v1\/*$/.test(apiUrl) ? 'gitea' : 'github';
}

function findServer(apiUrl: URL, environment: Environment): string {
  const named = environment.get('GITHUB_SERVER_URL');
  if (named !== undefined) return named.replace(/\/+$/, '');
  if (apiUrl.hostname === 'api.github.com') return 'https://github.com';
  return `${apiUrl.origin}${apiUrl.pathname.replace(/\/api\/v\d+\/*$/, '')}`.replace(/\/+$/, '');
}

/** Why an event of a fork may decide nothing here; null where it is none. */
export function describeFork(context: Context): string | null {
  const run = context.event.workflowRun();
  if (run === null || run.origin === 'same') return null;
  const from =
    run.origin === 'gone' ? 'a repository that is gone (a deleted fork)' : `the fork "${run.origin.fork}"`;
  return `Cannot accept this workflow_run: its commit comes from ${from}; a fork's run never promotes, push the commit to this repository`;
}
