import { CouldNotTell, UsageError } from './errors.ts';
import type { Log, Verdict } from './script.ts';

/** What a call ends with that threw: 2 for its own mistake, 3 for what could not be told, 3 and a stack for ours. */
export function verdictOfError(error: unknown, log: Log): Verdict {
  if (error instanceof UsageError) {
    return { decision: 'unknown', exit: 2, proceed: false, reason: error.message };
  }
  if (error instanceof CouldNotTell) {
    return { decision: 'unknown', exit: 3, proceed: false, reason: error.message, next: error.next };
  }
  return verdictOfCrash(error, log);
}

/** What any error ends with that nobody waited for. */
export function verdictOfCrash(error: unknown, log: Log): Verdict {
  log.line(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const reason = `Cannot decide: a fault of our own (${error instanceof Error ? error.message : String(error)}); please report it with the lines above`;
  return { decision: 'unknown', exit: 3, proceed: false, reason };
}
