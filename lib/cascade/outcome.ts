import { CouldNotTell } from '../errors.ts';
import { Refusal, type RefusalKind } from '../forge/refusal.ts';
import { HttpFault } from '../http.ts';

/** `lags` ends a target of `--check`, `would-update` one of `--dry-run`. */
export type State =
  'updated' | 'unchanged' | 'skipped' | 'failed' | 'not-attempted' | 'lags' | 'would-update';

export type FailureClass = Exclude<RefusalKind, 'race'> | 'conflict';

/** How one target ended. */
export interface Outcome {
  target: string;
  state: State;
  /** Why it failed, or `downgrade` of a skipped one. */
  class?: FailureClass | 'downgrade';
  /** The commit that brought the content. */
  sha?: string;
  message: string;
  warning?: string;
}

export type Ending = Omit<Outcome, 'target'>;

/** The states that a resumed call takes up again. */
export function isOpen({ state }: Pick<Outcome, 'state'>): boolean {
  return ['failed', 'not-attempted', 'lags', 'would-update'].includes(state);
}

/** What an error says about a target; null for a fault of our own. */
export interface Failure {
  kind: RefusalKind | 'rate-limited';
  message: string;
  mayPass: boolean;
  /** How long the server asks to stay away. */
  retryMs?: number | null;
}

/** Reads an error of a read or a write; one that no server caused is thrown on. */
export function judgeError(error: unknown): Failure {
  if (!(error instanceof CouldNotTell)) throw error;
  const { message } = error;
  if (error instanceof Refusal) {
    return { kind: error.kind, message, mayPass: error.mayPass, retryMs: error.retryMs };
  }
  if (!(error instanceof HttpFault)) return { kind: 'error', message, mayPass: true };
  if (error.kind === 'rate-limited') {
    return { kind: 'rate-limited', message, mayPass: true, retryMs: error.retryMs };
  }
  return { kind: 'error', message, mayPass: error.kind !== 'redirect' && error.kind !== 'too-large' };
}

/** A failed target. A race that was lost to the end is a conflict. */
export function failed(kind: RefusalKind, message: string): Ending {
  return { state: 'failed', class: kind === 'race' ? 'conflict' : kind, message };
}
