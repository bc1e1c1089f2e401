import { CouldNotTell } from '../errors.ts';
import { formatDuration } from '../duration.ts';
import { shortSha } from '../sha.ts';
import type { Landing, Merge, PromotePorts, PromoteSettings } from './ports.ts';

/** What became of one file that must run on `to` after the merge. */
export type FollowUp =
  /** `isOurs`: this process started it; without it, it was there. */
  | { file: string; kind: 'run'; run: string; by: 'push' | 'dispatch'; isOurs?: true }
  | { file: string; kind: 'filtered'; why: string }
  /** A dry run would have started it. */
  | { file: string; kind: 'planned'; command: string }
  | { file: string; kind: 'failed'; why: string; command: string }
  /** It could not be read, so nothing was started. */
  | { file: string; kind: 'unknown'; why: string };

const readBacks = 8;
const largestSkewMs = 30 * 60_000;

/**
 * Sees to it that every file has a run at the merge: waits for the push run, and dispatches only where none came.
 * Who merged dispatches after one grace, others after two and a chance pause, so that several processes give one.
 */
export async function followUp(
  ports: PromotePorts,
  settings: PromoteSettings,
  merge: Merge,
): Promise<FollowUp[]> {
  return Promise.all(
    settings.dispatch.map(async (file) => {
      try {
        return await followFile(ports, settings, merge, file);
      } catch (error) {
        if (!(error instanceof CouldNotTell)) throw error;
        return { file, kind: 'unknown' as const, why: error.message };
      }
    }),
  );
}

async function followFile(
  ports: PromotePorts,
  settings: PromoteSettings,
  merge: Merge,
  file: string,
): Promise<FollowUp> {
  const { clock, log } = ports;
  const graces = merge.own ? 1 : 2;
  const end = startOf(merge, clock.now()) + graces * settings.graceMs;
  let landing = await lookWithin(end);
  while (landing === null || (landing.kind === 'missing' && clock.now() < end)) {
    const pause = Math.min(settings.pollMs, Math.max(1, end - clock.now()));
    log.line(`${file}: no run at ${shortSha(merge.sha)} yet, looking again in ${formatDuration(pause)}`);
    await clock.sleep(pause);
    landing = await lookWithin(end);
  }
  if (landing.kind !== 'missing') return { file, ...landing };
  const command = ports.suggestStart(file);
  if (settings.dryRun) return { file, kind: 'planned', command };
  if (!(await ports.canDispatch()))
    return {
      file,
      kind: 'failed',
      why: `no run of ${file} came at ${shortSha(merge.sha)} (${landing.why}), and this server has no dispatch`,
      command,
    };
  if (!merge.own) {
    await clock.sleep(Math.floor(ports.random() * Math.max(settings.graceMs, settings.pollMs)));
    const last = await ports.readLanding(file, merge.sha);
    if (last.kind !== 'missing') return { file, ...last };
  }
  return dispatchFile(ports, settings, merge, { file, command, why: landing.why });

  /** Null: it could not be told yet; Gitea's record of pushes comes seconds after the merge (seen on 1.22.6). */
  async function lookWithin(limit: number): Promise<Landing | null> {
    try {
      return await ports.readLanding(file, merge.sha);
    } catch (error) {
      if (!(error instanceof CouldNotTell) || clock.now() >= limit) throw error;
      return null;
    }
  }
}

/**
 * The server's clock may differ from ours by minutes: only a merge that is old by any clock is timed by the server's.
 */
function startOf({ at }: Merge, now: number): number {
  return at !== null && now - at > largestSkewMs ? at : now;
}

async function dispatchFile(
  ports: PromotePorts,
  settings: PromoteSettings,
  merge: Merge,
  { file, command, why }: { file: string; command: string; why: string },
): Promise<FollowUp> {
  ports.log.line(`${file}: no run at ${shortSha(merge.sha)} (${why}): dispatching it on ${settings.to}`);
  let refused = '';
  let named: string | null = null;
  try {
    ({ run: named } = await ports.dispatch(file));
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    refused = error.message;
  }
  const found = await readBack(ports, settings, merge, { file, times: refused === '' ? readBacks : 2 });
  if (found?.kind === 'run') return { file, ...found, ...(refused === '' ? { isOurs: true } : {}) };
  const lost = `the server took the dispatch of ${file}${named === null ? '' : `, which it calls ${named}`}, but no run of it has come`;
  return { file, kind: 'failed', why: refused === '' ? lost : refused, command };
}

async function readBack(
  ports: PromotePorts,
  settings: PromoteSettings,
  merge: Merge,
  { file, times }: { file: string; times: number },
): Promise<Landing | null> {
  const pause = Math.min(settings.pollMs, Math.max(1, Math.floor(settings.graceMs / times)));
  for (let turn = 0; turn < times; turn++) {
    const landing = await ports.readLanding(file, merge.sha);
    if (landing.kind === 'run') return landing;
    await ports.clock.sleep(pause);
  }
  return null;
}
