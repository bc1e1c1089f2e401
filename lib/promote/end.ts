import { countOf } from '../count.ts';
import type { Track } from './ports.ts';
import { isInPlace } from './prepare.ts';
import type { Restored, RolledBack } from './roll-back.ts';

export interface End {
  readonly decision:
    'promoted' | 'unchanged' | 'superseded' | 'refused' | 'rolled-back' | 'partial' | 'unknown';
  readonly reason: string;
}

/** What all of it came to, pure: the worst of what happened to any image. */
export function decideEnd(tracks: readonly Track[], rolledBack: RolledBack | null): End {
  const cause = describeFirst(tracks, 'failed') ?? describeFirst(tracks, 'refused');
  if (rolledBack !== null) return decideRestored(rolledBack, cause ?? 'a tag could not be moved', tracks);
  const failed = describeFirst(tracks, 'failed');
  if (failed !== null) {
    return tracks.some(({ written }) => written)
      ? { decision: 'partial', reason: `Cannot put a tag back that another run moved: ${failed}` }
      : { decision: 'unknown', reason: `${accuse(failed)}; nothing was written` };
  }
  const refused = describeFirst(tracks, 'refused');
  if (refused !== null) return { decision: 'refused', reason: `${accuse(refused)}; it was left alone` };
  const superseded = describeFirst(tracks, 'superseded');
  if (superseded !== null)
    return { decision: 'superseded', reason: `a newer build goes first: ${superseded}` };
  const moved = tracks.filter((track) => !isInPlace(track));
  if (moved.length === 0) return { decision: 'unchanged', reason: 'every tag names this build already' };
  const reported = describeFirst(tracks, 'reported');
  const but = reported === null ? '' : `; but ${reported}, which was left alone without ancestry`;
  return { decision: 'promoted', reason: `${countOf(moved.length, 'image')} moved and settled${but}` };
}

/** What a promotion that is stopped half way has done, pure. */
export function describeStop(
  tracks: readonly Track[],
): Pick<End, 'reason'> & { decision: 'partial' | 'unknown' } {
  const sent = tracks.filter(({ written }) => written).map(({ image }) => image);
  if (sent.length === 0) return { decision: 'unknown', reason: 'nothing was written' };
  const left = tracks.filter((track) => !track.written && !isInPlace(track)).map(({ image }) => image);
  const rest =
    left.length === 0 ? 'all of them, and nobody watched them settle' : `not yet ${left.join(', ')}`;
  return { decision: 'partial', reason: `it moved, or was moving, ${sent.join(', ')}; ${rest}` };
}

function decideRestored({ tags, split }: RolledBack, cause: string, tracks: readonly Track[]): End {
  const has = (...kinds: Restored['kind'][]): boolean => tags.some(({ kind }) => kinds.includes(kind));
  const open = tags.filter(({ kind }) => kind === 'stuck' || kind === 'stays');
  if (open.length > 0 || split) {
    const list = (open.length > 0 ? open : tags)
      .map(({ track, why }) => `${track.image} (${why})`)
      .join(', ');
    const what =
      open.length > 0 ? 'not gone back' : 'another run was at work, so the tags no longer go together';
    return { decision: 'partial', reason: `${accuse(cause)}; ${what}: ${list}` };
  }
  if (has('restored', 'left')) {
    return { decision: 'rolled-back', reason: `${accuse(cause)}; every tag went back` };
  }
  const isRefusal = describeFirst(tracks, 'failed') === null;
  return {
    decision: isRefusal ? 'refused' : 'unknown',
    reason: `${accuse(cause)}; nothing was written`,
  };
}

function describeFirst(tracks: readonly Track[], kind: Track['status']['kind']): string | null {
  for (const { image, status } of tracks) {
    if (status.kind !== kind || !('why' in status)) continue;
    // A whole error names its image already.
    return status.why.startsWith('Cannot ') ? status.why : `${image}: ${status.why}`;
  }
  return null;
}

function accuse(cause: string): string {
  return cause.startsWith('Cannot ') ? cause : `Cannot promote: ${cause}`;
}
