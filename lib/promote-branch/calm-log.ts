import type { Log } from '../script.ts';

/** The same log, in which a line that says nothing new since the last look is left out. */
export function withoutRepeats(log: Log): Log {
  const said = new Set<string>();
  return {
    ...log,
    line(text) {
      if (said.has(text)) return;
      said.add(text);
      log.line(text);
    },
  };
}
