// What is wrong around a whole call: files that cannot be written, a full disk, clocks that disagree.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunScriptOptions } from '../support/run-script.mjs';

export interface Surroundings {
  name: string;
  /** Files of the call itself (a clone, a report) fail too, so that only a path without any must answer as ever. */
  fillsDisk: boolean;
  /** How far the `Date` of every answer is off. */
  serverSkewMs: number;
  /** How far the machine's own clock is off. */
  clockSkewMs: number;
  /** What is different for the call; `scratch` is a folder of its own. */
  spoil(scratch: string): Pick<RunScriptOptions, 'node' | 'nodeArgs'> & {
    args?: string[];
    env?: Record<string, string>;
  };
}

const skewMs = 10 * 60_000;
const healthy = { fillsDisk: false, serverSkewMs: 0, clockSkewMs: 0, spoil: () => ({}) };

function unwritable(name: string, spoil: (folder: string, missing: string) => object): Surroundings {
  return {
    ...healthy,
    name,
    spoil(scratch) {
      const folder = join(scratch, 'folder');
      mkdirSync(folder);
      return spoil(folder, join(scratch, 'missing', 'file'));
    },
  };
}

/** Files may be so many KiB long. */
function fullDisk(name: string, size: number, spoil: (scratch: string) => object = () => ({})): Surroundings {
  return {
    ...healthy,
    name,
    fillsDisk: true,
    spoil: (scratch) => ({
      node: 'bash',
      nodeArgs: ['-c', `ulimit -f ${size}; exec "$0" "$@"`, process.execPath],
      // The record cannot be written either: it is printed.
      args: ['--json'],
      ...spoil(scratch),
    }),
  };
}

/** What an earlier command of the step wrote; a cut in what follows must not cost it. */
export const EARLIER = { earlier: 'x'.repeat(1000) };

export const SURROUNDINGS: readonly Surroundings[] = [
  unwritable('GITHUB_OUTPUT is a folder', (folder) => ({ env: { GITHUB_OUTPUT: folder } })),
  unwritable('GITHUB_OUTPUT in no folder', (_, missing) => ({ env: { GITHUB_OUTPUT: missing } })),
  unwritable('GITHUB_STEP_SUMMARY is a folder', (folder) => ({ env: { GITHUB_STEP_SUMMARY: folder } })),
  unwritable('the record is a folder', (folder) => ({ env: { SWITCHYARD_RECORD: folder } })),
  fullDisk('disk full', 0),
  fullDisk('disk full half way through GITHUB_OUTPUT', 1, (scratch) => {
    const file = join(scratch, 'output');
    writeFileSync(
      file,
      Object.entries(EARLIER)
        .map(([name, text]) => `${name}=${text}\n`)
        .join(''),
    );
    return { env: { GITHUB_OUTPUT: file } };
  }),
  { ...healthy, name: 'clock ten minutes ahead', clockSkewMs: skewMs },
  { ...healthy, name: 'clock ten minutes behind', clockSkewMs: -skewMs },
  { ...healthy, name: "server's Date ten minutes ahead", serverSkewMs: skewMs },
  { ...healthy, name: "server's Date ten minutes behind", serverSkewMs: -skewMs },
];
