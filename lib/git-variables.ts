import { devNull } from 'node:os';
import type { Environment } from './script.ts';

/** A token and the one server it is for. */
export interface GitCredential {
  serverUrl: string;
  token: string;
}

/**
 * What git may know of our environment. A list of what is let in, not of what is kept out: tokens stay out of
 * hooks and helpers, and GIT_DIR and its like cannot lead it elsewhere.
 */
const passedOn = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TMP', 'TEMP', 'XDG_CONFIG_HOME', 'LD_LIBRARY_PATH'],
  ...[
    'SystemRoot',
    'SYSTEMDRIVE',
    'USERPROFILE',
    'HOMEDRIVE',
    'HOMEPATH',
    'APPDATA',
    'LOCALAPPDATA',
    'PATHEXT',
  ],
  ...['ProgramData', 'ProgramFiles', 'COMSPEC', 'Path'],
  ...[
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'all_proxy',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
  ],
  ...['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_EXEC_PATH', 'GIT_TEMPLATE_DIR'],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'GIT_SSL_CAINFO',
    'GIT_SSL_CAPATH',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_NOSYSTEM',
  ],
];

/** The whole environment of a git process: the token is handed over here (git-config(1), GIT_CONFIG_COUNT). */
export function makeGitVariables(
  settings: { environment: Environment; credential?: GitCredential; timeoutMs: number },
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of passedOn) {
    const value = settings.environment.get(name);
    if (value !== undefined) variables[name] = value;
  }
  const pairs = [...readGivenConfig(settings.environment), ...ownConfig(settings.credential)];
  pairs.forEach(([key, value], index) => {
    variables[`GIT_CONFIG_KEY_${index}`] = key;
    variables[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return {
    ...variables,
    GIT_CONFIG_COUNT: String(pairs.length),
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    // Its helper for the network outlives it, so that no transfer may take longer than the command, at whatever speed.
    GIT_HTTP_LOW_SPEED_LIMIT: '1000000000',
    GIT_HTTP_LOW_SPEED_TIME: String(Math.ceil(settings.timeoutMs / 1000)),
    // Its words are matched, so they must not be translated.
    LC_ALL: 'C',
    ...more,
  };
}

/** In whose name git makes a commit, as variables. */
export function makeAuthorVariables({
  name,
  email,
}: {
  name: string;
  email: string;
}): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

type Pair = readonly [key: string, value: string];

/** What the job set by the same way, such as `safe.directory`. */
function readGivenConfig(environment: Environment): Pair[] {
  const count = Number(environment.get('GIT_CONFIG_COUNT') ?? 0);
  if (!Number.isSafeInteger(count) || count < 0 || count > 1000) return [];
  return Array.from({ length: count }, (_, index): Pair => [
    environment.get(`GIT_CONFIG_KEY_${index}`) ?? '',
    environment.get(`GIT_CONFIG_VALUE_${index}`) ?? '',
  ]).filter(([key]) => key !== '');
}

/** Nothing of the machine's settings may run code, change bytes or sign: what is pushed is what was decided. */
function ownConfig(credential: GitCredential | undefined): Pair[] {
  const pairs: Pair[] = [
    ['core.hooksPath', devNull],
    ['core.autocrlf', 'false'],
    ['commit.gpgSign', 'false'],
    ['push.gpgSign', 'false'],
    ['push.followTags', 'false'],
    // Options such as `ci.skip` would tell the server to start nothing; the empty value drops them.
    ['push.pushOption', ''],
    ['i18n.commitEncoding', 'UTF-8'],
    // `explicit` lets git find no bare clone by its folder.
    ['safe.bareRepository', 'all'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['advice.detachedHead', 'false'],
  ];
  if (credential === undefined) return pairs;
  const basic = Buffer.from(`x-access-token:${credential.token}`).toString('base64');
  const key = `http.${credential.serverUrl.replace(/\/+$/, '')}/.extraHeader`;
  return [
    ...pairs,
    // The empty value drops a header that actions/checkout left: two of them are refused, and its would win.
    [key, ''],
    [key, `Authorization: Basic ${basic}`],
    // After a redirect git would send the header to the new host as well.
    ['http.followRedirects', 'false'],
    // Nobody else's stored credentials: a refused token is an answer.
    ['credential.helper', ''],
    ['core.askPass', ''],
  ];
}
