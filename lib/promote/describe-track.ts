import type { Track } from './ports.ts';
import { isInPlace } from './prepare.ts';

/** What came of one image's tag `to`, for the log. */
export function describeTrack(track: Track, to: string): string {
  const { image, before, seen, ours, status } = track;
  const now = seen === ours.digest ? ours.digest : `${seen ?? 'nothing'} instead of ${ours.digest}`;
  if (isInPlace(track)) return `${image}:${to} is ${now} already`;
  return `${image}:${to} was ${before?.digest ?? 'nothing'}, is ${now} (${status.kind})`;
}

/** What a dry run would move. */
export function describeDryRun(tracks: readonly Track[], to: string): string {
  const moves = tracks
    .filter((track) => !isInPlace(track))
    .map(({ image, ours, before }) => `${image}:${to} from ${before?.digest ?? 'nothing'} to ${ours.digest}`);
  return `would move ${moves.join(', ')}`;
}
