import type { Verdict } from './script.ts';

const runAgain = 'run it again, it starts from what is there';

/** How far the work came; `mend` is what a person does then, where to run it again would be wrong. */
export interface StoppedVerdict extends Verdict {
  mend?: string;
}

/**
 * What is done on a signal: it cleans up, and where it knows how far the work came says so, in words or as a verdict.
 */
export type StopWork = () => StoppedVerdict | string | void;

export interface Stops {
  onStop(work: StopWork): void;
  /** Does all of it, and answers how the run ends. */
  end(signal: string): Verdict;
}

/** Collects what must be done when the process is told to stop half way. */
export function createStops(): Stops {
  const works: StopWork[] = [];
  return {
    onStop: (work) => void works.push(work),
    end(signal) {
      const said = works.map(doOne).filter((answer) => answer !== null);
      const last = said.at(-1) ?? '';
      const verdict: StoppedVerdict =
        typeof last === 'string' ? { decision: 'unknown', exit: 3, proceed: false, reason: last } : last;
      return endStopped(signal, verdict);
    },
  };
}

/** What cannot be cleaned up must not keep the rest from being. */
function doOne(work: StopWork): StoppedVerdict | string | null {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}

/** However far it came: a run that was stopped is never a go. */
function endStopped(signal: string, { mend = runAgain, ...verdict }: StoppedVerdict): Verdict {
  const far = verdict.reason === '' ? '' : `: ${verdict.reason}`;
  return {
    ...verdict,
    exit: verdict.exit === 0 ? 3 : verdict.exit,
    deferred: false,
    proceed: false,
    reason: `Cannot finish: ${signal} stopped it half way${far}; ${mend}`,
  };
}
