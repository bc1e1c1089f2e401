import { UsageError } from '../errors.ts';
import { flag, type OptionValues } from '../options.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import { lockFile, type Lock } from './lock.ts';
import { sourceOfLock } from './locked-source.ts';
import { vendorSync } from './mend.ts';
import { assertNotMoved } from './moved-tag.ts';
import { findNewer, type Newer } from './newer.ts';
import { openSourceForge, sourceOptions } from './options.ts';
import { Refused } from './refused.ts';
import { describeLock, outputsOf, refusing, reportTaken } from './report.ts';
import { parseNames } from './script-name.ts';
import { openFolderSnapshot, openForgeSnapshot, resolveSource } from './snapshot.ts';
import { prepare, write } from './take.ts';
import { openVendorFolder } from './vendor-folder.ts';

const options = {
  ...sourceOptions,
  check: flag({ help: 'only say whether there is a newer ref: exit 1 if so; writes nothing' }),
};

/** `update`: takes the locked scripts again, of what their ref stands for now or of another one. */
export const update = defineCommand({
  name: 'update',
  summary: 'take the locked scripts again, from where their ref stands now, or from another ref',
  positionals: '[NAME …]',
  options,
  main: (call) => refusing(() => run(call)),
});

async function run(call: Call<OptionValues<typeof options>>): Promise<Verdict> {
  const { options: given } = call;
  // Files are written in one go at the end, which no signal comes between.
  call.onStop(() => 'nothing was written');
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(given.dir);
  const lock = folder.readLock();
  if (lock === null) {
    throw new Refused(`Cannot update ${folder.name}: there is no ${lockFile}; add scripts first`, [
      vendorSync(folder.name, 'add', 'NAME', '--from', 'owner/repo@ref'),
    ]);
  }
  const stranger = named.find((file) => !lock.files.has(file));
  if (stranger !== undefined) {
    throw new UsageError(
      `Cannot update "${stranger.replace(/\.mjs$/, '')}": it is not locked; give one of ${[...lock.files.keys()].join(', ')}, or add it`,
    );
  }
  const source = given.from ?? sourceOfLock(lock);
  const forge = source.kind === 'forge' ? openSourceForge(call, source.repo) : null;
  const resolved = source.kind === 'forge' && forge !== null ? await resolveSource(source, forge) : null;
  if (source.kind === 'forge' && resolved !== null) assertNotMoved(lock, source, resolved, folder.name);
  if (given.check) {
    const newer = await findNewer({ lock, source, forge, resolved, isGiven: given.from !== null });
    return verdictOfCheck(lock, folder.name, newer);
  }
  const snapshot =
    source.kind === 'folder'
      ? openFolderSnapshot(source)
      : await openForgeSnapshot(
          source,
          forge as NonNullable<typeof forge>,
          resolved as NonNullable<typeof resolved>,
        );
  const gone = [...lock.files.keys()].filter((file) => !snapshot.sums.has(file));
  if (gone.length > 0) {
    throw new Refused(
      `Cannot update ${gone.join(', ')}: ${snapshot.where} has no such script any more; delete the file and its line in ${lockFile}, then run again`,
    );
  }
  const taken = await prepare(snapshot, folder, lock, named.length > 0 ? named : [...lock.files.keys()]);
  if (!given['dry-run']) write(folder, taken, call.log);
  return reportTaken(taken, { done: 'updated', folder: folder.name, dryRun: given['dry-run'] });
}

/** The verdict of `--check`: red where there is something newer than what is locked. */
function verdictOfCheck(lock: Lock, folder: string, newer: Newer | null): Verdict {
  const isNewest = newer === null;
  return {
    decision: isNewest ? 'in-sync' : 'newer',
    exit: isNewest ? 0 : 1,
    proceed: isNewest,
    reason: isNewest ? `${describeLock(lock)} is the newest` : newer.reason,
    changed: false,
    subject: { source: lock.source },
    outputs: { ...outputsOf(lock, []), newer: newer?.from ?? '' },
    details: { newer: newer?.from ?? null },
    next: isNewest ? [] : [vendorSync(folder, 'update', '--from', newer.from)],
  };
}
