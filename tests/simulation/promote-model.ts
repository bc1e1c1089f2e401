import { CouldNotTell } from '../../lib/errors.ts';
import type { Relation } from '../../lib/forge/forge.ts';
import type { Build, Ports, PutAnswer, Source } from '../../lib/promote/ports.ts';
import type { Random, World } from './scheduler.ts';

/**
 * What the model promises, in milliseconds; the proof holds as long as
 * `travel × 3 + lag + landing` is less than the settling time of the promotions.
 */
export const bounds = {
  /** One way of one call. */
  travel: 250,
  /** A read may show what the tag held so long ago. */
  lag: 600,
  /** A PUT whose answer was lost may land so much later. */
  landing: 800,
  settle: 3000,
} as const;

export interface FaultPlan {
  /** Of each call: the chance that it fails in a way that passes. */
  readonly passing: number;
  /** Names of images that no PUT of this run may write to. */
  readonly denied: ReadonlySet<string>;
}

interface Write {
  readonly at: number;
  readonly digest: string;
}

/** A registry that shows writes late, as some do, and forgets none. */
export class ModelRegistry {
  readonly #tags = new Map<string, Write[]>();
  readonly #builds = new Map<string, Build>();
  readonly #commits = new Map<string, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Makes the build of a commit; `variant` tells apart two builds of one. */
  addBuild(image: string, commit: number, variant: number): Build {
    const digest = `${image}#${commit}.${variant}`;
    const known = this.#builds.get(digest);
    if (known) return known;
    const build = { digest, bytes: new Uint8Array(0), mediaType: 'model' };
    this.#builds.set(digest, build);
    this.#commits.set(digest, commit);
    return build;
  }

  build(digest: string): Build {
    return this.#builds.get(digest) as Build;
  }

  write(image: string, digest: string, by: string): void {
    const writes = this.#tags.get(image) ?? [];
    this.#tags.set(image, writes);
    writes.push({ at: this.#world.clock.now(), digest });
    this.#world.note(() => `${by} writes ${digest}`);
  }

  /** What a read shows: the truth, or what was true up to `lag` ago. */
  read(image: string): string | null {
    const { random, clock } = this.#world;
    const lag = random.chance(0.3) ? random.upTo(bounds.lag) : 0;
    const writes = this.#tags.get(image) ?? [];
    for (let index = writes.length - 1; index >= 0; index--) {
      const write = writes[index] as Write;
      // What stood there before the first promotion has been there for ever.
      if (index === 0 && write.at === 0) return write.digest;
      if (write.at <= clock.now() - lag) return write.digest;
    }
    return null;
  }

  /** What the tag truly holds. */
  truth(image: string): string | null {
    return this.#tags.get(image)?.at(-1)?.digest ?? null;
  }

  lastWriteAt(image: string): number {
    return this.#tags.get(image)?.at(-1)?.at ?? 0;
  }

  /** The commit a digest was built from; -1 where there is none. */
  commitOf(digest: string | null): number {
    return digest === null ? -1 : (this.#commits.get(digest) ?? -1);
  }
}

export interface ModelRun {
  readonly name: string;
  readonly commit: number;
  readonly variant: number;
  readonly faults: FaultPlan;
  /** Bytes this run put without having read them; must stay empty. */
  readonly unread: string[];
}

/** A promotion's view of the model: the calls travel, may fail, and meet other runs half way. */
export function createModelPorts(world: World, registry: ModelRegistry, run: ModelRun): Ports {
  const { random } = world;
  const seen = new Set<Build>();
  const travel = (chance: Random): number =>
    chance.chance(0.1) ? chance.upTo(bounds.travel) : 1 + chance.upTo(30);
  const readFault = (): { stage: 'before'; error: CouldNotTell } | null =>
    run.faults.passing > 0 && random.chance(run.faults.passing)
      ? { stage: 'before', error: new CouldNotTell('a read failed') }
      : null;
  const ask = <T>(act: () => T): Promise<T> => world.call(act, { latency: travel, fault: readFault });
  const remember = <T extends Build | null>(build: T): T => {
    if (build !== null) seen.add(build);
    return build;
  };
  const look = (image: string): Promise<string | null> =>
    ask(() => {
      const digest = registry.read(image);
      world.note(() => `${run.name} sees ${digest ?? `nothing at ${image}`}`);
      return digest;
    });
  return {
    clock: world.clock,
    log: () => undefined,
    readSource: (image) =>
      ask((): Source => {
        const build = remember(registry.addBuild(image, run.commit, run.variant));
        return { build, witnesses: [{ name: image, value: sha(run.commit) }] };
      }),
    readTagged: (image) =>
      ask(() => {
        const digest = registry.read(image);
        return digest === null ? null : remember(registry.build(digest));
      }),
    readDigest: look,
    watchDigest: look,
    readBuild: (_image, digest) => ask(() => remember(registry.build(digest))),
    readWitnesses: (image, build) =>
      ask(() => [{ name: image, revision: sha(registry.commitOf(build.digest)) }]),
    // A forge may be slow: long enough for a whole other promotion to happen meanwhile.
    relate: (revision) =>
      world.call(() => relation(Number(revision), run.commit), {
        latency: (chance) => (chance.chance(0.15) ? chance.upTo(6000) : travel(chance)),
        fault: readFault,
      }),
    async put(image, build): Promise<PutAnswer> {
      if (!seen.has(build)) run.unread.push(build.digest);
      if (run.faults.denied.has(image)) {
        return world.call((): PutAnswer => ({ kind: 'denied', why: 'may not write' }), { latency: travel });
      }
      const fate = random.chance(run.faults.passing) ? random.upTo(2) : 3;
      return world.call(
        (): PutAnswer => {
          if (fate === 1)
            world.later(random.upTo(bounds.landing), () => registry.write(image, build.digest, run.name));
          if (fate > 1) registry.write(image, build.digest, run.name);
          if (fate < 3) return { kind: 'unclear', why: 'the answer was lost' };
          return { kind: 'accepted', digest: random.chance(0.5) ? build.digest : null };
        },
        { latency: travel },
      );
    },
  };
}

/** Commits stand in a line, so their numbers are their order. */
function relation(current: number, candidate: number): Relation {
  const kind = candidate === current ? 'identical' : candidate > current ? 'ahead' : 'behind';
  return { kind, aheadBy: null, behindBy: null, why: 'the model says so' };
}

export function sha(commit: number): string {
  return String(commit);
}
