import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';

/** A file's path below the checkout, as annotations want it; as it was given where it lies elsewhere. */
export function pathInRepository(file: string, workspace = '.'): string {
  const way = findWay(file, workspace);
  const isBelow = way !== null && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return (isBelow ? way : normalize(file)).split(sep).join('/');
}

/** The file may be a link itself: its own name counts. */
function findWay(file: string, workspace: string): string | null {
  try {
    return relative(realpathSync(workspace), join(realpathSync(dirname(file)), basename(file)));
  } catch {
    return null;
  }
}
