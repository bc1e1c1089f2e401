import { Refusal, type RefusalKind } from './forge/refusal.ts';
import type { Git, GitAnswer } from './git.ts';

/** Words of git and of servers, in the order in which they decide. Sources: git's transport.c, http.c, remote-curl.c;
 * Gitea's hook_pre_receive.go; GitHub's push messages. */
const meanings: readonly (readonly [RegExp, RefusalKind, string])[] = [
  [
    /\b(is|was|been) archived\b|\barchived (project|repo)/i,
    'archived',
    'unarchive the repository, or leave it out',
  ],
  [
    /permission denied for writing|permission to \S+ denied|mirror repository is read-only/i,
    'forbidden',
    'give a token whose user may write there',
  ],
  [
    /protected branch|\bGH0(06|13): |rule violations|hook declined|Gitea: |Forgejo: /i,
    'protected',
    "the branch or a hook there refuses the push: let the token's user push, or take another branch",
  ],
  [
    /cannot lock ref|failed to update ref|\[rejected\]|non-fast-forward|fetch first|stale info|incorrect old value/i,
    'race',
    'somebody pushed at the same time: run again',
  ],
  [
    /Authentication failed|could not read (Username|Password)|returned error: 401|publickey/i,
    'unauthorized',
    'give a working token in SWITCHYARD_TOKEN',
  ],
  [/returned error: 403|access denied/i, 'forbidden', 'give a token whose user may write there'],
  [
    /returned error: 404|not found|couldn't find remote ref|does not appear to be a git repository|does not exist|Could not find remote branch/i,
    'not-found',
    'check the name, and that the token may see it (a private repository answers so to who may not)',
  ],
  [/returned error: 30\d/i, 'not-found', 'it has moved: give the name it has now'],
];

/** What a git command's failure means. */
export function refuseGit(git: Git, args: readonly string[], answer: GitAnswer, purpose: string): Refusal {
  const text = `${answer.stderr}\n${answer.stdout}`;
  const [, kind, mend] = meanings.find(([pattern]) => pattern.test(text)) ?? [
    null,
    'error' as const,
    'check that the server is well, then run again',
  ];
  return new Refusal(`Cannot ${purpose}: ${git.describe(args, answer)}; ${mend}`, {
    kind,
    mayPass: kind === 'race' || kind === 'error',
  });
}
