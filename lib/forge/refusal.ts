import { CouldNotTell } from '../errors.ts';
import { readRetryDelay } from '../http-retry.ts';
import type { HttpAnswer } from '../http.ts';
import { isMissing, type Api } from './api.ts';

/** What a refused write or read means to the one who asked; `race`: somebody else was there first. */
export type RefusalKind =
  'unauthorized' | 'forbidden' | 'not-found' | 'archived' | 'protected' | 'race' | 'error';

/** A server's no, with what it means beside its words. */
export class Refusal extends CouldNotTell {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  /** May the same request be answered otherwise a moment later? */
  readonly mayPass: boolean;
  /** How long the server asks to stay away, in milliseconds; null where it does not say. */
  readonly retryMs: number | null;

  constructor(
    message: string,
    { kind, mayPass, retryMs = null }: { kind: RefusalKind; mayPass: boolean; retryMs?: number | null },
  ) {
    super(message);
    this.kind = kind;
    this.mayPass = mayPass;
    this.retryMs = retryMs;
  }
}

/** The refusal for an answer that is no use. */
export function refuseAnswer(api: Api, answer: HttpAnswer, purpose: string): Refusal {
  const kind = classifyAnswer(answer);
  const mayPass = kind === 'race' || (kind === 'error' && (answer.status >= 500 || answer.status === 408));
  const retryMs = mayPass ? readRetryDelay(answer, { now: Date.now() }) : null;
  return new Refusal(api.refuse(answer, purpose).message, { kind, mayPass, retryMs });
}

const guarded =
  /rule violations|protected (branch|ref)\b|GH006|GH013|cannot commit to repo|hook declined|not allowed to push|not authorized to push|required status check|approving review|through (a|the) (pull request|merge queue)/i;
const raced =
  /does not match|but expected|already exists|wasn.t supplied|cannot lock ref|failed to update ref|PushRejected|out of date/i;

/**
 * What an answer means. The codes alone do not say: for a write that lost a race GitHub has 409 or 422, Gitea
 * 1.22.6 has 422 (stale blob) or 500 (lost ref lock); for a ruleset GitHub has 409.
 */
function classifyAnswer(answer: HttpAnswer): RefusalKind {
  const { status, text } = answer;
  if (status === 401) return 'unauthorized';
  if (status === 423 || (status === 403 && /archived/i.test(text))) return 'archived';
  if ([403, 409, 422, 500].includes(status) && guarded.test(text)) return 'protected';
  if (status === 403) return 'forbidden';
  if (status === 404) return isMissing(answer) ? 'not-found' : 'error';
  if (status === 409) return 'race';
  return (status === 422 || status === 500) && raced.test(text) ? 'race' : 'error';
}
