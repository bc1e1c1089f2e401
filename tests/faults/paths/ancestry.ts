import { pushLine } from '../../support/world.mjs';
import { flavours, openForgeWorld } from './forge-world.ts';
import type { Flavour, Path } from './world.ts';

function currentPaths(flavour: Flavour): Path[] {
  const rows = [
    ['ahead', 0],
    ['behind', 1],
  ] as const;
  return rows.map(([decision, code]) => ({
    name: `ancestry ${flavour} ${decision}`,
    script: 'ancestry',
    code,
    decision,
    codes: [0, 1, 3],
    // Gitea 1.22.6 compares no SHAs and says 404; then the histories are walked.
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\// }
      : { mayLack: /\/compare\//, untilEnough: /\/commits\?/ }),
    calls: 3,
    open: () =>
      openForgeWorld(flavour, async ({ repo }) => {
        const line = pushLine(repo, 60);
        const [old, young] = [line[2] as string, line[58] as string];
        const [current, candidate] = decision === 'ahead' ? [old, young] : [young, old];
        return {
          args: ['--current', current, '--sha', candidate],
          names: { CURRENT: current, CANDIDATE: candidate },
        };
      }),
  }));
}

export const ancestryPaths: readonly Path[] = flavours.flatMap(currentPaths);
