import type { Track } from './ports.ts';
import { isInPlace } from './prepare.ts';
import type { Restored } from './roll-back.ts';

export interface End {
  readonly decision:
    'promoted' | 'unchanged' | 'superseded' | 'refused' | 'rolled-back' | 'partial' | 'unknown';
  readonly reason: string;
}

/** What all of it came to, pure: the worst of what happened to any image. */
export function decideEnd(tracks: readonly Track[], restored: readonly Restored[] | null): End {
  const cause = describeFirst(tracks, 'failed') ?? describeFirst(tracks, 'refused');
  if (restored !== null) return decideRestored(restored, cause ?? 'a tag could not be moved', tracks);
  const failed = describeFirst(tracks, 'failed');
  if (failed !== null) {
    return tracks.some(({ written }) => written)
      ? { decision: 'partial', reason: `Cannot put a tag back that another run moved: ${failed}` }
      : { decision: 'unknown', reason: `Cannot promote: ${failed}; nothing was written` };
  }
  const refused = describeFirst(tracks, 'refused');
  if (refused !== null)
    return { decision: 'refused', reason: `Cannot promote: ${refused}; it was left alone` };
  const superseded = describeFirst(tracks, 'superseded');
  if (superseded !== null)
    return { decision: 'superseded', reason: `a newer build goes first: ${superseded}` };
  const moved = tracks.filter((track) => !isInPlace(track));
  if (moved.length === 0) return { decision: 'unchanged', reason: 'every tag names this build already' };
  const images = moved.length === 1 ? '1 image' : `${moved.length} images`;
  const reported = describeFirst(tracks, 'reported');
  const but = reported === null ? '' : `; but ${reported}, which was left alone without ancestry`;
  return { decision: 'promoted', reason: `${images} moved and settled${but}` };
}

function decideRestored(restored: readonly Restored[], cause: string, tracks: readonly Track[]): End {
  const has = (...kinds: Restored['kind'][]): boolean => restored.some(({ kind }) => kinds.includes(kind));
  const remains = restored.filter(({ kind }) => kind === 'stuck' || kind === 'stays');
  // One tag back at its old build beside one that another run holds: they no longer go together.
  const split = has('restored') && has('left') ? restored.filter(({ kind }) => kind === 'left') : [];
  const open = [...remains, ...split];
  if (open.length > 0) {
    const list = open.map(({ track, why }) => `${track.image} (${why})`).join(', ');
    return { decision: 'partial', reason: `Cannot promote: ${cause}; not gone back: ${list}` };
  }
  if (has('restored', 'left')) {
    return { decision: 'rolled-back', reason: `Cannot promote: ${cause}; every tag went back` };
  }
  const isRefusal = describeFirst(tracks, 'failed') === null;
  return {
    decision: isRefusal ? 'refused' : 'unknown',
    reason: `Cannot promote: ${cause}; nothing was written`,
  };
}

function describeFirst(tracks: readonly Track[], kind: Track['status']['kind']): string | null {
  for (const { image, status } of tracks) {
    if (status.kind === kind && 'why' in status) return `${image}: ${status.why}`;
  }
  return null;
}
