import { CouldNotTell } from '../errors.ts';
import { formatTime } from './report.ts';

/** A clock may be so much ahead before its word is doubted. */
export const skewMs = 5 * 60_000;

/** How many seconds ago it was. Throws CouldNotTell for a time that is to come: one of the clocks is wrong. */
export function secondsSince(time: number, now: number): number {
  if (time <= now + skewMs) return Math.max(0, Math.round((now - time) / 1000));
  throw new CouldNotTell(
    `Cannot tell how long it waits: it came at ${formatTime(time)}, which is to come, for it is ${formatTime(now)} here; check the clocks of this machine and of the server`,
  );
}
