import { withoutGit } from '../../support/tools.mjs';
import type { Path } from './world.ts';

/** The paths that this machine can play; those it cannot are counted in the log. */
export function findPlayable<P extends Path>(paths: readonly P[]): P[] {
  const playable = paths.filter(({ needsGit }) => !(needsGit && withoutGit));
  const left = paths.length - playable.length;
  if (left > 0) console.log(`${left} of ${paths.length} paths are skipped: ${withoutGit}`);
  return playable;
}
