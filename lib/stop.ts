import type { Verdict } from './script.ts';

/**
 * What is done on a signal: it cleans up, and where it knows how far the work came says so, in words or as a verdict.
 */
export type StopWork = () => Verdict | string | void;

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
      const verdict: Verdict =
        typeof last === 'string' ? { decision: 'unknown', exit: 3, proceed: false, reason: last } : last;
      return endStopped(signal, verdict);
    },
  };
}

/** What cannot be cleaned up must not keep the rest from being. */
function doOne(work: StopWork): Verdict | string | null {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}

/** However far it came: a run that was stopped is never a go. */
function endStopped(signal: string, verdict: Verdict): Verdict {
  const far = verdict.reason === '' ? '' : `: ${verdict.reason}`;
  return {
    ...verdict,
    exit: verdict.exit === 0 ? 3 : verdict.exit,
    deferred: false,
    proceed: false,
    reason: `Cannot finish: ${signal} stopped it half way${far}; run it again, it starts from what is there`,
  };
}
