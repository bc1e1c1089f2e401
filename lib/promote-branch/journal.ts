import { shortSha } from '../sha.ts';
import type { PromotePorts } from './ports.ts';

/** What a promotion has written so far, in words; of a write that is on its way, that it may have been carried out. */
export interface Journal {
  readonly ports: PromotePorts;
  describe(): string;
  /** Did a call of ours change anything, or may it have? */
  hasChanged(): boolean;
}

/** What came of a write, and whether anything is other than before. */
type Told = readonly [words: string, isChange: boolean];

/** Ports that note every write, for a run that is stopped half way. */
export function keepJournal(ports: PromotePorts): Journal {
  const done: string[] = [];
  let doing: string | null = null;
  let isChanged = false;

  async function write<T>(what: string, work: () => Promise<T>, tell: (answer: T) => Told): Promise<T> {
    doing = what;
    try {
      const answer = await work();
      const [words, isChange] = tell(answer);
      done.push(words);
      isChanged ||= isChange;
      return answer;
    } finally {
      doing = null;
    }
  }

  return {
    ports: {
      ...ports,
      openPull: (text) =>
        write(
          'opening the pull request',
          () => ports.openPull(text),
          (pull) =>
            pull === null ? ['there was nothing to merge', false] : [`#${pull.number} is open`, true],
        ),
      merge: (pull, head) =>
        write(
          `merging #${pull.number}`,
          () => ports.merge(pull, head),
          ({ kind }) => [
            kind === 'merged' ? `#${pull.number} is merged` : `#${pull.number} was not merged yet`,
            kind === 'merged' || kind === 'unsure',
          ],
        ),
      arm: (pull, head, way) =>
        write(
          `arming #${pull.number}`,
          () => ports.arm(pull, head, way),
          (answer) =>
            answer.kind === 'armed'
              ? [`#${pull.number} is armed to merge ${shortSha(head)}`, answer.own]
              : [`#${pull.number} was not armed`, false],
        ),
      disarm: (pull) =>
        write(
          `disarming #${pull.number}`,
          () => ports.disarm(pull),
          (was) => [
            was === 'queued' ? `#${pull.number} is out of the merge queue` : `#${pull.number} is not armed`,
            was !== undefined,
          ],
        ),
      closePull: (pull) =>
        write(
          `closing #${pull.number}`,
          () => ports.closePull(pull),
          () => [`#${pull.number} is closed`, true],
        ),
      dispatch: (file) =>
        write(
          `dispatching ${file}`,
          () => ports.dispatch(file),
          () => [`${file} is dispatched`, true],
        ),
    },
    describe() {
      const now = doing === null ? [] : [`it was ${doing}, which may have been done`];
      return [...done, ...now].join('; ') || 'nothing was written';
    },
    hasChanged: () => isChanged || doing !== null,
  };
}
