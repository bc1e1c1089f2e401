import { CouldNotTell } from '../errors.ts';
import { landHead } from './land.ts';
import type { Landed } from './landed.ts';
import type { PromotePorts, PromoteSettings, Pull } from './ports.ts';

/**
 * As `landHead`, but where it can no longer tell how things stand, what this process armed is taken back: nobody would
 * be there to disarm it for a later head, which would ride along past the gates.
 */
export async function landOrDisarm(
  ports: PromotePorts,
  settings: PromoteSettings,
  room: { pull: Pull; head: string; end: number },
): Promise<Landed> {
  let mayBeArmed = false;
  const watched: PromotePorts = {
    ...ports,
    async arm(pull, head, way) {
      mayBeArmed = true;
      const answer = await ports.arm(pull, head, way);
      mayBeArmed = answer.kind === 'armed' && answer.own;
      return answer;
    },
    async disarm(pull) {
      const was = await ports.disarm(pull);
      mayBeArmed = false;
      return was;
    },
  };
  try {
    return await landHead(watched, settings, room);
  } catch (error) {
    throw mayBeArmed && error instanceof CouldNotTell ? await takeBack(ports, room.pull, error) : error;
  }
}

async function takeBack(ports: PromotePorts, pull: Pull, first: CouldNotTell): Promise<CouldNotTell> {
  try {
    await ports.disarm(pull);
    return first;
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return new CouldNotTell(
      `${first.message}; and #${pull.number} may still be armed, so that a later head would ride along: ${error.message}`,
      { cause: first, next: [`disable auto-merge of ${pull.url}, or run again, which looks after it`] },
    );
  }
}
