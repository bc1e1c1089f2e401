// Copies of the script's own source with one line changed, to show that the simulation would notice.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Subject } from './promote-schedule.ts';

export interface Mutant {
  readonly name: string;
  /** Below lib/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Where to begin, for one that takes a rare schedule to show. */
  readonly firstSeed?: number;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'no settling',
    file: 'promote/promotion.ts',
    from: 'await settle(tracks, shop);',
    to: '',
  },
  {
    name: 'no look before a PUT',
    file: 'promote/move.ts',
    from: 'track.seen = await ports.readDigest(track.image);',
    to: 'track.seen = track.before?.digest ?? null;',
  },
  {
    name: 'no second look after judging who moved the tag',
    file: 'promote/move.ts',
    from: 'continue;',
    to: '',
  },
  {
    name: 'settling that puts nothing back',
    file: 'promote/watch.ts',
    from: "if (judgement.kind === 'older') return 'put back';",
    to: "if (judgement.kind === 'older') return { kind: 'ours' };",
  },
  {
    name: 'settling that goes over a newer build',
    file: 'promote/watch.ts',
    from: "if (judgement.kind === 'older') return 'put back';",
    to: "if (judgement.kind !== 'neither') return 'put back';",
  },
  {
    name: 'settling that ends before its last look',
    file: 'promote/watch.ts',
    from: 'const isLast = clock.now() >= end;',
    to: 'const isLast = clock.now() >= end - settleMs + pause;',
  },
  {
    name: 'watching only the tags that were moved',
    file: 'promote/promotion.ts',
    from: 'await settle(tracks, shop);',
    to: 'await settle(moving, shop);',
    firstSeed: 39_000,
  },
  {
    name: 'no rollback',
    file: 'promote/promotion.ts',
    from: 'if (broken && moving.some(({ written }) => written)) {',
    to: 'if (broken && rules.settleMs < 0) {',
  },
  {
    name: 'a rollback that does not look whose the tag is',
    file: 'promote/roll-back.ts',
    from: "return 'other';",
    to: "return 'ours';",
  },
  {
    name: 'a rollback that does not look at the set',
    file: 'promote/roll-back.ts',
    from: 'split: await isSplit(tracks, shop)',
    to: 'split: false',
  },
];

/** The code under test with the mutant's change in it. The text it changes must be there exactly once. */
export async function loadMutant(mutant: Mutant): Promise<{ subject: Subject; remove: () => void }> {
  const lib = fileURLToPath(new URL('../../lib', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
  cpSync(lib, join(folder, 'lib'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const file = join(folder, 'lib', mutant.file);
  const parts = readFileSync(file, 'utf8').split(mutant.from);
  assert.equal(parts.length, 2, `"${mutant.from}" must stand once in ${mutant.file}`);
  writeFileSync(file, parts.join(mutant.to));
  // The model throws the real error class, which the copy must know as its own.
  const errors = pathToFileURL(join(lib, 'errors.ts')).href;
  writeFileSync(join(folder, 'lib', 'errors.ts'), `export * from '${errors}';\n`);
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, 'lib', path)).href);
  const { prepare } = (await load('promote/prepare.ts')) as Pick<Subject, 'prepare'>;
  const { promote } = (await load('promote/promotion.ts')) as Pick<Subject, 'promote'>;
  return {
    subject: { prepare, promote },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
