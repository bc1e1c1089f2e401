import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openApiRemote } from '../../lib/cascade/api-remote.ts';
import type { Outcome } from '../../lib/cascade/outcome.ts';
import { pin } from '../../lib/cascade/pin.ts';
import { runAll } from '../../lib/cascade/run.ts';
import { createWriteGate } from '../../lib/cascade/write-gate.ts';
import type { Context } from '../../lib/context.ts';
import type { ForgeKind } from '../../lib/find-api.ts';
import { createApi } from '../../lib/forge/api.ts';
import {
  addCommit,
  makeModelHttp,
  makeRepo,
  tipOf,
  type ModelFaults,
  type ModelRepo,
} from './contents-model.ts';
import { runSchedule, type World } from './scheduler.ts';

const runs = Number(process.env['SWITCHYARD_SIMULATION_RUNS'] ?? 400);
const file = '.runtime-version';

interface CascadeRun {
  name: string;
  version: string;
  outcomes: Outcome[];
  startedAt: number;
  endedAt: number;
}

interface Plot {
  kind: ForgeKind;
  cascades: number;
  targets: number;
  humanPushes: number;
  faults: ModelFaults;
}

const chance = fc.constantFrom(0, 0.05, 0.3);
const plots = fc.record({
  kind: fc.constantFrom<ForgeKind>('gitea', 'github'),
  cascades: fc.integer({ min: 2, max: 5 }),
  targets: fc.integer({ min: 1, max: 3 }),
  humanPushes: fc.integer({ min: 0, max: 6 }),
  faults: fc.record({ lost: chance, unanswered: chance, lying: chance, lagMs: fc.constantFrom(0, 0, 60) }),
});

/** One world: several cascades of different versions and a person push to the same repositories. */
async function play(
  seed: number,
  plot: Plot,
): Promise<{ repos: ModelRepo[]; cascades: CascadeRun[]; human: [string, string][] }> {
  const faults = { ...plot.faults, lagMs: plot.kind === 'github' ? plot.faults.lagMs : 0 };
  const cascades: CascadeRun[] = [];
  const human: [string, string][] = [];
  let repos: ModelRepo[] = [];
  const { failures } = await runSchedule(seed, (world) => {
    repos = Array.from({ length: plot.targets }, (_, index) =>
      makeRepo(`acme/r${index}`, world.random.pick([null, '0.9.0\n', '1.0.0\n'])),
    );
    const byName = new Map(repos.map((repo) => [repo.name, repo]));
    for (let index = 0; index < plot.cascades; index++) {
      const run: CascadeRun = {
        name: `cascade-${index}`,
        version: `1.0.${index}`,
        outcomes: [],
        startedAt: 0,
        endedAt: 0,
      };
      cascades.push(run);
      const http = makeModelHttp(world, plot.kind, { repos: byName, by: run.name, faults });
      world.start(
        run.name,
        () => cascade(world, run, { http, kind: plot.kind } as Context, [...byName.keys()]),
        world.random.upTo(120),
      );
    }
    world.start('human', () => pushByHand(world, repos, { human, pushes: plot.humanPushes }));
  });
  assert.deepEqual(failures, []);
  return { repos, cascades, human };
}

async function cascade(world: World, run: CascadeRun, context: Context, targets: string[]): Promise<void> {
  const { clock, random } = world;
  const api = createApi({ ...context, apiUrl: 'http://forge', token: 'x' });
  const next = (): number => random.next();
  const gate = createWriteGate({
    clock,
    intervalMs: random.pick([0, 5]),
    deadlineMs: 1000,
    retryMs: 20,
    random: next,
  });
  const wanted = {
    file,
    content: Buffer.from(`${run.version}\n`),
    branch: null,
    requireFile: null,
    message: 'pin',
    author: null,
  };
  const settings = {
    version: run.version,
    mode: 'write' as const,
    noDowngrade: random.chance(0.3),
    attempts: 1 + random.upTo(4),
    retryMs: 20,
    gate,
    clock,
    random: next,
  };
  run.startedAt = clock.now();
  const work = (target: string) => pin(openApiRemote(api, target, wanted), settings);
  const { outcomes, fault } = await runAll({
    targets,
    concurrency: 1 + random.upTo(2),
    gate,
    work,
    onDone: () => undefined,
  });
  if (fault !== null) throw fault;
  run.outcomes = outcomes;
  run.endedAt = clock.now();
}

async function pushByHand(
  world: World,
  repos: readonly ModelRepo[],
  { human, pushes }: { human: [string, string][]; pushes: number },
): Promise<void> {
  for (let count = 0; count < pushes; count++) {
    await world.clock.sleep(world.random.upTo(60));
    const repo = world.random.pick(repos);
    const content = world.random.chance(0.4) ? `by hand ${count}\n` : undefined;
    human.push([repo.name, addCommit(repo, 'human', { content, at: world.clock.now() }).sha]);
  }
}

function judge({ repos, cascades, human }: Awaited<ReturnType<typeof play>>, plot: Plot): void {
  const byName = new Map(repos.map((repo) => [repo.name, repo]));
  for (const [name, sha] of human) {
    assert.ok(
      byName.get(name)?.log.some((commit) => commit.sha === sha),
      `a human commit of ${name} is lost`,
    );
  }
  for (const repo of repos) {
    const versions = cascades.map(({ version }) => `${version}\n`);
    const last = repo.log.filter(({ touchesFile }) => touchesFile).at(-1);
    assert.equal(tipOf(repo).content, last?.content ?? null, 'the file is what was written last');
    assert.ok(last === undefined || last.by === 'human' || versions.includes(last.content ?? ''));
    repo.log.forEach((commit, index) => {
      const before = repo.log[index - 1];
      assert.ok(
        commit.by === 'human' || before === undefined || commit.content !== before.content,
        'an empty commit, or a second one for one write',
      );
    });
  }
  for (const run of cascades) {
    assert.equal(run.outcomes.length, repos.length);
    for (const outcome of run.outcomes)
      judgeOutcome(outcome, run, { repo: byName.get(outcome.target) as ModelRepo, plot });
  }
}

function judgeOutcome(
  outcome: Outcome,
  run: CascadeRun,
  { repo, plot }: { repo: ModelRepo; plot: Plot },
): void {
  const wanted = `${run.version}\n`;
  const mine = repo.log.filter(({ by }) => by === run.name);
  const said = `${outcome.target} of ${run.name}: ${JSON.stringify(outcome)}`;
  switch (outcome.state) {
    case 'updated': {
      assert.ok(mine.length > 0, `${said}: no commit of it`);
      // Its commit can only be unknown where the question for it was lost.
      if (outcome.sha === undefined) return;
      const commit = repo.log.find(({ sha }) => sha === outcome.sha);
      assert.ok(commit, `${said}: its commit is not in the log`);
      assert.equal(commit.content, wanted, said);
      return;
    }
    case 'unchanged':
    case 'not-attempted':
      assert.deepEqual(mine, [], said);
      return;
    case 'skipped':
      assert.equal(outcome.class, 'downgrade');
      return;
    case 'failed': {
      const isOpenEnded = /then, to see what came of it/.test(outcome.message);
      if (isOpenEnded || plot.faults.lagMs > 0 || mine.length === 0) return;
      // It wrote, and somebody wrote over it before it read again.
      const after = repo.log.slice(repo.log.indexOf(mine.at(-1) as (typeof mine)[0]) + 1);
      assert.ok(
        after.some((commit) => commit.touchesFile && commit.at <= run.endedAt),
        `${said}: it is there all the same`,
      );
      return;
    }
    default:
      assert.fail(said);
  }
}

test(`cascades and a person at the same repositories, ${runs} worlds: nothing lost, nothing forced, every report true`, async () => {
  let updated = 0;
  let raced = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), plots, async (seed, plot) => {
      const world = await play(seed, plot);
      judge(world, plot);
      const outcomes = world.cascades.flatMap((run) => run.outcomes);
      updated += outcomes.filter(({ state }) => state === 'updated').length;
      raced += outcomes.filter((outcome) => outcome.class === 'conflict').length;
    }),
    { numRuns: runs },
  );
  // A world in which nothing happens would prove nothing.
  assert.ok(updated > runs && raced > 0, `${updated} updated, ${raced} conflicts`);
});

test('the same seed plays the same world', async () => {
  const plot: Plot = {
    kind: 'github',
    cascades: 3,
    targets: 2,
    humanPushes: 4,
    faults: { lost: 0.1, unanswered: 0.2, lying: 0.1, lagMs: 60 },
  };
  const [one, two] = [await play(42, plot), await play(42, plot)];
  assert.deepEqual(one.repos, two.repos);
  assert.deepEqual(one.cascades, two.cascades);
});
