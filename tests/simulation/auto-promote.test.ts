import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CouldNotTell } from '../../lib/errors.ts';
import { promote } from '../../lib/promote-branch/promote.ts';
import type { PromotePorts, PromoteSettings } from '../../lib/promote-branch/ports.ts';
import { PromoteModel } from './promote-branch-model.ts';
import { runSchedule, type World } from './scheduler.ts';

const second = 1000;
const minute = 60 * second;
const settings: PromoteSettings = {
  from: 'staging',
  to: 'main',
  method: 'merge',
  dispatch: ['publish.yml'],
  enabled: true,
  dryRun: false,
  waitMs: 10 * minute,
  pollMs: 30 * second,
  graceMs: 90 * second,
  reach: [],
};

interface Variant {
  settings?: Partial<PromoteSettings>;
  ports?: (ports: PromotePorts, model: PromoteModel) => PromotePorts;
}

/** One schedule: up to four processes side by side, people in between, and one process when all is quiet. */
async function runSeed(seed: number, variant: Variant = {}): Promise<string[]> {
  let model = null as unknown as PromoteModel;
  const ends: { at: number; isLoud: boolean; saw: string }[] = [];
  const calm = seed % 3 === 0;
  const start = (world: World, name: string, at: number): void =>
    world.start(
      name,
      async () => {
        const ports = variant.ports?.(model.ports(), model) ?? model.ports();
        try {
          const { decision, reason } = await promote(ports, { ...settings, ...variant.settings });
          ends.push({
            at: world.clock.now(),
            isLoud: ['dispatch-failed', 'unknown', 'refuse', 'blocked', 'timed-out'].includes(decision),
            saw: `${name}: ${decision}: ${reason}`,
          });
        } catch (error) {
          if (!(error instanceof CouldNotTell)) throw error;
          ends.push({ at: world.clock.now(), isLoud: true, saw: `${name}: unknown` });
        }
      },
      at,
    );
  const outcome = await runSchedule(seed, (world) => {
    const { random } = world;
    model = new PromoteModel(world, {
      canArm: random.chance(0.5),
      pushRuns: random.chance(0.5),
      runDelayMs: random.upTo(60) * second,
      faults: calm ? 0 : 0.01,
      lostDispatches: calm ? 0 : 0.1,
      badLuck: 0.05,
      refusals: random.chance(0.5) ? 0.3 : 0,
    });
    model.needsReview = random.chance(0.3);
    const processes = 1 + random.upTo(3);
    // Gates that end together start processes together; a schedule starts them apart.
    const apart = random.chance(0.5) ? 3 * minute : 200;
    for (let index = 0; index < processes; index++) start(world, `p${index}`, random.upTo(apart));
    const people = random.upTo(6);
    for (let index = 0; index < people; index++) {
      const acts = [
        () => {
          model.push();
          world.later(random.upTo(2 * minute), () => model.setGate(random.chance(0.7) ? 'green' : 'red'));
        },
        () => model.setGate('red'),
        () => model.closePull(),
        () => model.review(),
      ];
      world.later(random.upTo(8 * minute), random.pick(acts));
    }
    start(world, 'last', 40 * minute);
  });
  return [...outcome.failures.map(({ error }) => String(error)), ...findWrongs(model, ends, calm)];
}

function findWrongs(
  model: PromoteModel,
  ends: readonly { at: number; isLoud: boolean; saw: string }[],
  calm: boolean,
): string[] {
  const wrongs: string[] = [];
  const heads = model.merges.map(({ head }) => head);
  if (new Set(heads).size < heads.length) wrongs.push(`one head was merged twice: ${heads.join(' ')}`);
  for (const merge of model.merges) {
    if (!merge.wasGreen) wrongs.push(`${merge.head} was merged without green gates`);
    const isSaid = ends.some(({ at, isLoud }) => isLoud && at >= merge.at);
    if (!model.isCovered(merge) && !isSaid) wrongs.push(`${merge.sha} has no run, and nobody said so`);
    const runs = model.runs.filter(({ sha }) => sha === merge.sha);
    if (calm && runs.length > 1) wrongs.push(`${merge.sha} ran ${runs.length} times`);
  }
  return wrongs.map((wrong) => `${wrong} (${ends.map(({ saw }) => saw).join('; ')})`);
}

async function countWrongs(seeds: number, variant: Variant = {}): Promise<{ count: number; first: string }> {
  let count = 0;
  let first = '';
  for (let seed = 1; seed <= seeds; seed++) {
    const [wrong] = await runSeed(seed, variant);
    if (wrong === undefined) continue;
    count++;
    first ||= `seed ${seed}: ${wrong}`;
  }
  return { count, first };
}

describe('a promotion among other processes, people and faults', () => {
  test('never merges an ungated head, never one twice, and never loses a run without saying so', async () => {
    const seeds = Number(process.env['SWITCHYARD_SIMULATION_SEEDS'] ?? 3000);
    const { first } = await countWrongs(seeds);
    assert.equal(first, '');
  });

  const mutants: [string, Variant, RegExp][] = [
    [
      'without the expected head',
      { ports: (ports, model) => ({ ...ports, merge: (pull) => model.mergeAnyHead(pull) }) },
      /without green gates/,
    ],
    ['without a grace for push runs', { settings: { graceMs: 0 } }, /ran 2 times/],
    [
      'that dispatches without looking',
      {
        ports: (ports) => ({
          ...ports,
          readLanding: () => Promise.resolve({ kind: 'missing', why: 'not looked' }),
        }),
      },
      /ran [2-9] times/,
    ],
    [
      'that trusts the heads it read first',
      {
        ports: (ports) => {
          const first = ports.readHeads();
          return { ...ports, readHeads: () => first };
        },
      },
      /one head was merged twice/,
    ],
    [
      'that takes a dispatch for a run',
      {
        ports: (ports) => {
          let isSent = false;
          const surely = { kind: 'run' as const, run: 'surely', by: 'dispatch' as const };
          return {
            ...ports,
            dispatch: (file) => ports.dispatch(file).finally(() => (isSent = true)),
            readLanding: async (...asked) => (isSent ? surely : ports.readLanding(...asked)),
          };
        },
      },
      /has no run, and nobody said so/,
    ],
  ];
  for (const [name, variant, wrong] of mutants) {
    test(`a promotion ${name} is caught`, async () => {
      const { count, first } = await countWrongs(1500, variant);
      assert.ok(count > 0, 'no seed caught it');
      assert.match(first, wrong);
    });
  }
});
