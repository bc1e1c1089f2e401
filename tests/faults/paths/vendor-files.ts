// What vendor-sync reads from files alone: the gate, and what an update would take from a folder.
import { lockFile, renderLock } from '../../../lib/vendor-sync/lock.ts';
import { makeBundle, makeRelease, sumOf } from '../../support/vendor-release.mjs';
import { openFileWorld } from './file-world.ts';
import type { Path } from './world.ts';

const scripts = ['e2e-gate', 'vendor-sync'];

/** A project that holds a release, and a folder with the next one. */
function projectOf(source: string): Record<string, string> {
  const here = scripts.map((name): [string, string] => [`${name}.mjs`, makeBundle(name, '1.0.0')]);
  const sums = here.map(([file, text]): [string, string] => [file, sumOf(text)]);
  const lock = renderLock({ source, ref: null, commit: null, version: '1.0.0', files: new Map(sums) });
  return {
    ...Object.fromEntries(here.map(([file, text]) => [`vendor/${file}`, text])),
    [`vendor/${lockFile}`]: lock,
    ...Object.fromEntries(
      Object.entries(makeRelease('1.1.0', scripts)).map(([file, text]) => [`next/${file}`, text]),
    ),
  };
}

function filesPath(args: string[], decision: string, isRead: RegExp): Path {
  return {
    name: `vendor-sync ${args.join(' ')}, of files alone`,
    script: 'vendor-sync',
    code: 0,
    decision,
    codes: [0, 1, 3],
    // Byte-equal, or not what was locked or listed.
    exactFiles: /\.mjs$/,
    open: async () => {
      const texts = projectOf('next');
      return openFileWorld(texts, { args, unread: Object.keys(texts).filter((name) => !isRead.test(name)) });
    },
  };
}

export const vendorFilePaths: readonly Path[] = [
  filesPath(['check'], 'in-sync', /^vendor\//),
  // What stands there already is what is replaced, whatever is wrong with it.
  filesPath(['update', '--dry-run'], 'dry-run', /lock\.json$|^next\/vendor\//),
];
