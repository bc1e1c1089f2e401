import type { Clock } from '../clock.ts';
import { countOf } from '../count.ts';
import { formatDuration } from '../duration.ts';
import { backoff } from '../http-retry.ts';
import { compareVersions } from '../version-order.ts';
import { readVersionLine } from '../version-text.ts';
import { failed, judgeError, type Ending, type Failure } from './outcome.ts';
import type { Content, Remote } from './remote.ts';
import type { WriteGate } from './write-gate.ts';

const longestShown = 40;

export interface PinSettings {
  version: string;
  mode: 'write' | 'check' | 'dry-run';
  noDowngrade: boolean;
  /** All writes to one target. */
  attempts: number;
  retryMs: number;
  gate: WriteGate;
  clock: Clock;
  random: () => number;
}

/**
 * Brings one target to the version. What a write's answer means is decided by reading again, whatever its code:
 * the wanted content is there, then it was written; it is not, then the write may be tried on top of what is.
 */
export async function pin(remote: Remote, settings: PinSettings): Promise<Ending> {
  const { gate, attempts, clock, retryMs, random } = settings;
  let writes = 0;
  let last: Failure | null = null;
  let raced = false;
  let before: string | null = null;
  for (;;) {
    let content: Content;
    try {
      content = await remote.read();
    } catch (error) {
      const failure = judgeError(error);
      return last === null ? endUnread(failure, gate) : endUnseen(failure, last);
    }
    const ending = decideEnding(content, settings, writes > 0);
    if (ending?.state === 'updated') return { ...ending, ...(await readCommit(remote, content)) };
    // No more writes in this run; that the last one did not land is seen, not taken from its answer.
    if (last?.kind === 'rate-limited' && gate.shutBy !== null) return notAttempted(last.message);
    const id = idOf(content);
    const moved = writes > 0 && id !== before;
    before = id;
    // What was refused for good stays refused; a malformed request, or one about a file that is no longer there (Gitea
    // 1.25: 404), may have been so because the file moved.
    const mayBeOfMove = last?.kind === 'error' || last?.kind === 'not-found';
    if (last !== null && !last.mayPass && !(moved && mayBeOfMove)) return refusedFor(last);
    if (ending !== null) return ending;
    raced ||= moved || last?.kind === 'race';
    if (last !== null && writes >= attempts) return endUsedUp(last, raced, writes);
    if (last?.kind === 'error' && !gate.mayWait(last.retryMs ?? 0)) return endAway(last, clock.now());
    if (!(await gate.enter())) {
      // A write whose answer is not known may arrive yet.
      return last?.kind === 'error' ? endUsedUp(last, raced, writes) : notAttempted(gate.shutBy ?? '');
    }
    writes++;
    try {
      const sha = await remote.write(content);
      return { state: 'updated', sha, ...describeStep(content, settings) };
    } catch (error) {
      last = judgeError(error);
    }
    if (last.kind === 'rate-limited') {
      if (writes >= attempts) gate.shut(last.message);
      gate.limit(last.retryMs ?? null, last.message);
    } else if (last.mayPass) {
      const asked = last.retryMs ?? null;
      // Too long a pause is not begun: the last look alone says what came of it.
      const pause = asked !== null && gate.mayWait(asked) ? asked : backoff(writes, retryMs, random());
      await clock.sleep(pause);
    }
  }
}

/** What the content alone decides; null: it is to be written. */
export function decideEnding(content: Content, settings: PinSettings, hasWritten: boolean): Ending | null {
  if (content.state === 'not-due') {
    return { state: 'skipped', message: 'it lacks the required file' };
  }
  if (content.state === 'file' && content.isWanted) {
    if (hasWritten) return { state: 'updated', message: `at ${settings.version}, found when read again` };
    return { state: 'unchanged', message: `already at ${settings.version}` };
  }
  const step = describeStep(content, settings);
  if (settings.noDowngrade && isDowngrade(content, settings.version)) {
    return { state: 'skipped', class: 'downgrade', message: `it holds the newer ${holds(content)}` };
  }
  if (settings.mode === 'check') return { state: 'lags', ...step };
  return settings.mode === 'dry-run' ? { state: 'would-update', ...step } : null;
}

function describeStep(content: Content, settings: PinSettings): { message: string; warning?: string } {
  const { version, noDowngrade, mode } = settings;
  if (content.state !== 'file') return { message: `a new file, ${version}` };
  const message = `${holds(content)} → ${version}`;
  if (mode === 'check') return { message };
  const order = content.text === null ? null : compareVersions(version, readVersionLine(content.text));
  if (order !== null && order < 0) return { message, warning: `a lower version: ${message}` };
  if (order === null && noDowngrade) return { message, warning: `cannot be ordered: ${message}` };
  return { message };
}

function isDowngrade(content: Content, version: string): boolean {
  if (content.state !== 'file' || content.text === null) return false;
  return (compareVersions(version, readVersionLine(content.text)) ?? 0) < 0;
}

/** The first line of what is there, fit to be printed: a long one is not cut, since half a secret would be seen. */
function holds(content: Content): string {
  const text = content.state === 'file' ? content.text : null;
  if (text === null) return 'what is there';
  const line = (text.split(/[\r\n]/, 1)[0] ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '�');
  const { length } = [...line];
  if (length > longestShown) return `a line of ${length} characters`;
  return line === '' ? 'an empty line' : line;
}

function idOf(content: Content): string {
  return content.state === 'file' ? content.id : content.state;
}

function refusedFor({ kind, message }: Failure): Ending {
  return failed(kind === 'rate-limited' ? 'error' : kind, message);
}

function endUsedUp(last: Failure, raced: boolean, writes: number): Ending {
  if (last.kind === 'rate-limited') return notAttempted(last.message);
  const message = `${last.message} (after ${countOf(writes, 'write')})`;
  return failed(raced ? 'race' : last.kind, message);
}

/** The server is away for longer than a run may wait. */
function endAway({ message, retryMs }: Failure, now: number): Ending {
  const pause = retryMs ?? 0;
  const at = new Date(Math.min(now + pause, 8.64e15)).toISOString();
  return failed('error', `${message}; come back in ${formatDuration(pause)}, at ${at}`);
}

/** How a target ends that could not be read and was not written; a rate limit ends what was not begun as well. */
export function endUnread(failure: Failure, gate: WriteGate): Ending {
  if (failure.kind !== 'rate-limited') return failed(failure.kind, failure.message);
  gate.shut(failure.message);
  return notAttempted(failure.message);
}

/** What came of a write was not to be seen. */
function endUnseen(failure: Failure, last: Failure): Ending {
  if (last.kind === 'rate-limited') return notAttempted(last.message);
  if (!last.mayPass) return refusedFor(last);
  return failed('error', `${last.message}; then, to see what came of it: ${failure.message}`);
}

function notAttempted(message: string): Ending {
  return { state: 'not-attempted', message };
}

async function readCommit(remote: Remote, content: Content): Promise<{ sha?: string }> {
  try {
    const sha = await remote.findCommit(content);
    return sha === null ? {} : { sha };
  } catch (error) {
    // The content is there: not knowing its commit does not make it fail.
    judgeError(error);
    return {};
  }
}
