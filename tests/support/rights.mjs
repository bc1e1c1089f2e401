// For tests of files that may not be read or written: root may do both, unless it gives that right away.
import { findTool } from './tools.mjs';

const giveAway = ['--bounding-set', '-dac_override,-dac_read_search', process.execPath];
const isRoot = process.getuid?.() === 0;

/** How a script is run so that the rights of files hold for it, as options of `runScript`. */
export const bound = isRoot ? { node: 'setpriv', nodeArgs: giveAway } : {};

/** Why such a test cannot be run here; false where it can. */
export const unbound =
  isRoot &&
  findTool('setpriv') === null &&
  'the tests run as root, and setpriv (util-linux) is not installed';
