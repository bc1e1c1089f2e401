import { CouldNotTell } from '../../lib/errors.ts';
import type { GateSaid, Landing, MergeAnswer, PromotePorts, Pull } from '../../lib/promote-branch/ports.ts';
import type { Log } from '../../lib/script.ts';
import type { World } from './scheduler.ts';

/** What the model does beside taking calls; each is drawn from the seed. */
export interface Weather {
  canArm: boolean;
  /** Does a merge start its workflows? Not one made with a job's own token. */
  pushRuns: boolean;
  /** How late a push run or a dispatched run appears in the list. */
  runDelayMs: number;
  faults: number;
  lostDispatches: number;
  refusals: number;
  /** How often a person pushes right after a gate said go. */
  badLuck: number;
}

interface Merged {
  head: string;
  sha: string;
  wasGreen: boolean;
  at: number;
}

/** A gate's answer counts for one pause between looks. */
const answerAgeMs = 35_000;

const quiet = (): void => undefined;
const log: Log = { line: quiet, notice: quiet, warning: quiet, error: quiet, progress: quiet };

/** A forge with two branches, one pull request at a time, gates, and a list of runs; it keeps book of all it did. */
export class PromoteModel {
  readonly merges: Merged[] = [];
  readonly runs: { sha: string; by: 'push' | 'dispatch'; at: number }[] = [];
  dispatches = 0;
  lost = 0;
  needsReview = false;
  readonly #world: World;
  readonly #weather: Weather;
  readonly #gates = new Map<string, 'green' | 'red' | 'running'>();
  /** When a head stopped being green: an answer on its way can be so old. */
  readonly #greenUntil = new Map<string, number>();
  #pull: (Pull & { open: boolean }) | null = null;
  #numbers = 0;
  #head = 's0';

  constructor(world: World, weather: Weather) {
    this.#world = world;
    this.#weather = weather;
    this.#gates.set('s0', 'green');
    this.push();
    this.setGate('green');
  }

  push(): void {
    this.#head = `s${this.#gates.size}`;
    this.#gates.set(this.#head, 'running');
    this.#world.note(() => `push ${this.#head}`);
  }

  setGate(state: 'green' | 'red'): void {
    if (this.#gates.get(this.#head) === 'green') this.#greenUntil.set(this.#head, this.#world.clock.now());
    this.#gates.set(this.#head, state);
    this.#world.note(() => `gate of ${this.#head} ${state}`);
    this.#settle();
  }

  closePull(): void {
    if (this.#pull?.open) Object.assign(this.#pull, { open: false, armed: false });
  }

  review(): void {
    this.needsReview = false;
    this.#settle();
  }

  /** Is there a run that covers this merge: at it, or at a later commit of the branch? */
  isCovered(merge: Merged): boolean {
    const later = this.merges.slice(this.merges.indexOf(merge)).map(({ sha }) => sha);
    return this.runs.some(({ sha }) => later.includes(sha));
  }

  ports(): PromotePorts {
    const { clock, random } = this.#world;
    const call = <T>(act: () => T): Promise<T> =>
      this.#world.call(act, {
        fault: (chance) =>
          chance.chance(this.#weather.faults)
            ? {
                stage: chance.chance(0.5) ? 'before' : 'after',
                error: new CouldNotTell('Cannot tell: lost; run again'),
              }
            : null,
      });
    return {
      clock,
      log,
      random: () => random.next(),
      canArm: this.#weather.canArm,
      readHeads: () => call(() => ({ from: this.#head, to: this.#main() })),
      readRange: (heads) =>
        call(() => {
          const done = this.merges.some(({ head }) => head === heads.from);
          return { ahead: done ? 0 : 1, behind: 0, sameTree: done, commits: [] };
        }),
      askGate: (sha) => call(() => this.#gate(sha)),
      findPull: () => call(() => (this.#pull?.open ? this.#show() : null)),
      openPull: () =>
        call(() => {
          if (!this.#pull?.open) this.#open();
          return this.#show();
        }),
      readPull: (number) => call(() => this.#show(number)),
      readMergedHead: (sha) => call(() => this.merges.find((merge) => merge.sha === sha)?.head ?? null),
      closePull: () => call(() => this.closePull()),
      merge: (pull, head) => call(() => this.#mergeCall(pull, head)),
      arm: (_, head) =>
        call(() => {
          if (!this.#pull?.open) return { kind: 'refused' as const, words: 'Pull request is closed' };
          if (head !== this.#head) return { kind: 'head-moved' as const };
          if (!this.needsReview) return { kind: 'clean' as const };
          const own = !this.#pull.armed;
          this.#pull.armed = true;
          return { kind: 'armed' as const, own };
        }),
      disarm: () => call(() => void (this.#pull && (this.#pull.armed = false))),
      readOpenChecks: () => call(() => ({ missing: [], pending: [], failed: [] })),
      findNewestMerge: () =>
        call(() => {
          const last = this.merges.at(-1);
          return last === undefined ? null : { sha: last.sha, at: last.at, pull: 1 };
        }),
      readLanding: (_, merge) => call(() => this.#landing(merge)),
      canDispatch: () => Promise.resolve(true),
      dispatch: () => call(() => this.#dispatch()),
      suggestStart: (file) => `start ${file}`,
    };
  }

  /** A merge that names no head, as a careless caller would send it. */
  mergeAnyHead(pull: Pull): Promise<MergeAnswer> {
    return this.#world.call(() => this.#mergeCall(pull, this.#head));
  }

  #main(): string {
    return this.merges.at(-1)?.sha ?? 'm0';
  }

  #gate(sha: string): GateSaid {
    const state = this.#gates.get(sha);
    if (state === 'green' && this.#world.random.chance(this.#weather.badLuck)) {
      this.#world.later(this.#world.random.upTo(300), () => this.push());
    }
    const decision = state === 'green' ? 'go' : state === 'running' ? 'defer' : 'refuse';
    return { decision, reason: `ci.yml: ${state}`, states: [] };
  }

  #open(): void {
    this.#pull = {
      number: ++this.#numbers,
      url: '',
      state: 'open',
      open: true,
      head: this.#head,
      mergeSha: null,
      mergedAt: null,
      armed: false,
      queued: false,
      draft: false,
      mergeable: 'yes',
    };
  }

  #show(number = this.#numbers): Pull {
    const pull = this.#pull as Pull & { open: boolean };
    if (number !== pull.number) return { ...pull, number, state: 'closed', armed: false };
    const state = pull.mergeSha !== null ? 'merged' : pull.open ? 'open' : 'closed';
    return { ...pull, state, head: this.#head };
  }

  #mergeCall(pull: Pull, head: string): MergeAnswer {
    const open = this.#pull?.open && this.#pull.number === pull.number;
    if (!open) return { kind: 'unsure', words: 'answered 405' };
    if (head !== this.#head) return { kind: 'head-moved' };
    if (this.#world.random.chance(this.#weather.refusals))
      return { kind: 'again', words: 'Base branch was modified' };
    if (this.needsReview) return { kind: 'refused', words: 'At least 1 approving review is required' };
    return { kind: 'merged', sha: this.#merge().sha };
  }

  #merge(): Merged {
    const at = this.#world.clock.now();
    const since = at - (this.#greenUntil.get(this.#head) ?? -Infinity);
    const wasGreen = this.#gates.get(this.#head) === 'green' || since <= answerAgeMs;
    const merge = { head: this.#head, sha: `m${this.merges.length + 1}`, wasGreen, at };
    this.merges.push(merge);
    Object.assign(this.#pull as object, { open: false, armed: false, mergeSha: merge.sha, mergedAt: at });
    this.#world.note(() => `merge ${merge.head} as ${merge.sha}`);
    if (this.#weather.pushRuns) this.#startRun(merge.sha, 'push');
    return merge;
  }

  /** The server merges what is armed; the branch's protection asks for the same checks as the gates. */
  #settle(): void {
    if (this.#pull?.armed && this.#pull.open && !this.needsReview && this.#gates.get(this.#head) === 'green')
      this.#merge();
  }

  #startRun(sha: string, by: 'push' | 'dispatch'): void {
    const at = this.#world.clock.now() + this.#world.random.upTo(this.#weather.runDelayMs);
    this.runs.push({ sha, by, at });
  }

  #landing(merge: string): Landing {
    const now = this.#world.clock.now();
    const shas = [merge, this.#main()];
    const run = this.runs.find(({ sha, at }) => shas.includes(sha) && at <= now);
    return run === undefined ? { kind: 'missing', why: 'none' } : { kind: 'run', run: '1', by: run.by };
  }

  #dispatch(): { run: null } {
    this.dispatches++;
    this.#world.note(() => `dispatch at ${this.#main()}`);
    if (this.#world.random.chance(this.#weather.lostDispatches)) this.lost++;
    else this.#startRun(this.#main(), 'dispatch');
    return { run: null };
  }
}
