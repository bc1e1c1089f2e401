import type { prepare as realPrepare } from '../../lib/promote/prepare.ts';
import type { promote as realPromote } from '../../lib/promote/promotion.ts';
import type { Ports, Rules } from '../../lib/promote/ports.ts';
import {
  bounds,
  createModelPorts,
  ModelRegistry,
  sha,
  type FaultPlan,
  type ModelRun,
} from './promote-model.ts';
import { runSchedule, type Random, type World } from './scheduler.ts';

/** The code under test: the script's own, or a mutant of it. */
export interface Subject {
  readonly prepare: typeof realPrepare;
  readonly promote: typeof realPromote;
  readonly changeRules?: (rules: Rules) => Rules;
}

interface Finished {
  readonly run: ModelRun;
  readonly decision: string;
  /** The tags were of several commits when it began. */
  readonly foundSplit: boolean;
}

export interface Report {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly decisions: readonly string[];
  readonly trace: readonly string[];
}

/** Runs 2 to 4 racing promotions as the seed says, and names every promise that did not hold. */
export async function runPromotions(seed: number, subject: Subject, trace = false): Promise<Report> {
  let registry!: ModelRegistry;
  let plan!: Plan;
  const finished: Finished[] = [];
  const build = (world: World): void => {
    registry = new ModelRegistry(world);
    plan = drawPlan(world.random);
    for (const image of plan.images) {
      if (plan.start < 0) continue;
      registry.write(image, registry.addBuild(image, plan.start, 0).digest, 'the past');
    }
    for (const { run, at } of plan.runs) {
      world.start(
        run.name,
        async () => {
          const ports = createModelPorts(world, registry, run);
          const { decision, found } = await promoteOnce(ports, run, plan, subject);
          const commits = new Set(found.map((digest) => registry.commitOf(digest)));
          finished.push({ run, decision, foundSplit: commits.size > 1 });
          world.note(() => `${run.name} ends: ${decision}`);
        },
        at,
      );
    }
  };
  const outcome = await runSchedule(seed, build, { trace });
  const broken = [
    ...outcome.failures.map(({ name, error }) => `${name} crashed: ${(error as Error).stack}`),
    ...check(registry, plan, finished),
  ];
  return { seed, broken, decisions: finished.map(({ decision }) => decision), trace: outcome.trace };
}

interface Plan {
  readonly images: readonly string[];
  /** The commit every tag is at; -1: no tag is there. */
  readonly start: number;
  readonly runs: readonly { run: ModelRun; at: number }[];
}

function drawPlan(random: Random): Plan {
  const images = ['x', 'y', 'z'].slice(0, random.pick([1, 2, 2, 3]));
  const passing = random.pick([0, 0, 0.01, 0.04]);
  const count = 2 + random.upTo(2);
  const canFail = passing > 0 || random.chance(0.5);
  const spread = random.pick([0, 300, 4000]);
  const runs = Array.from({ length: count }, (_, index) => {
    const denied = canFail && random.chance(0.15) ? [random.pick(images)] : [];
    const faults: FaultPlan = { passing, denied: new Set(denied) };
    const commit = 1 + random.upTo(count);
    const variant = canFail ? index : random.upTo(1);
    const run = { name: `r${index}@${commit}`, commit, variant, faults, unread: [] };
    return { run, at: random.upTo(spread) };
  });
  return { images, start: random.chance(0.15) ? -1 : random.upTo(1), runs };
}

async function promoteOnce(
  ports: Ports,
  run: ModelRun,
  plan: Plan,
  subject: Subject,
): Promise<{ decision: string; found: (string | null)[] }> {
  const usual: Rules = {
    sha: sha(run.commit),
    ancestry: true,
    override: false,
    onUnlabelled: 'allow',
    labelCheck: true,
    settleMs: bounds.settle,
    confirmMs: 60_000,
    retryMs: 500,
  };
  const rules = subject.changeRules?.(usual) ?? usual;
  let start;
  try {
    start = await subject.prepare(plan.images, ports, rules);
  } catch (error) {
    if ((error as Error).name === 'CouldNotTell') return { decision: 'unknown', found: [] };
    throw error;
  }
  if (start.refusal !== null) return { decision: start.refusal.decision, found: [] };
  const { decision } = await subject.promote(start.tracks, ports, rules);
  return { decision, found: start.tracks.map(({ atStart }) => atStart) };
}

function check(registry: ModelRegistry, plan: Plan, finished: readonly Finished[]): string[] {
  const broken: string[] = [];
  const ends = plan.images.map((image) => registry.commitOf(registry.truth(image)));
  const decided = (decision: string): Finished[] => finished.filter((one) => one.decision === decision);
  for (const { run } of finished) {
    if (run.unread.length > 0) broken.push(`${run.name} put bytes it had not read: ${run.unread.join(', ')}`);
  }
  // Nobody can tell whose the bytes are where two runs promote the same: who fails takes the other's back too.
  const wentBack = [...decided('rolled-back'), ...decided('partial')];
  const undone = new Set(wentBack.map(({ run }) => `${run.commit}.${run.variant}`));
  const settled = decided('promoted').filter(({ run }) => !undone.has(`${run.commit}.${run.variant}`));
  const hasTwins = finished.some(
    ({ run, decision }) =>
      decision !== 'partial' && decision !== 'rolled-back' && undone.has(`${run.commit}.${run.variant}`),
  );
  const newest = Math.max(-1, ...settled.map(({ run }) => run.commit));
  plan.images.forEach((image, index) => {
    const end = ends[index] as number;
    if (end < plan.start) broken.push(`${image} ended at ${end}, older than it was before (${plan.start})`);
    if (end < newest) broken.push(`${image} ended at ${end}, although ${newest} was promoted`);
  });
  const isCalm = plan.runs.every(({ run }) => run.faults.passing === 0 && run.faults.denied.size === 0);
  // A tag that moves twice under a run's eyes refuses that run, also the newest, and its other tags go back.
  const wentOn = finished.filter(({ decision }) =>
    ['promoted', 'unchanged', 'superseded'].includes(decision),
  );
  const wanted = Math.max(plan.start, ...wentOn.map(({ run }) => run.commit));
  if (isCalm && wentBack.length === 0 && ends.some((end) => end !== wanted)) {
    broken.push(`without any fault, the tags ended at ${ends.join(', ')} instead of ${wanted}`);
  }
  // Who found the tags split, half way through another run, and went back to that, did what it had to.
  const restoredSplit = wentBack.some(({ foundSplit }) => foundSplit);
  if (new Set(ends).size > 1 && !hasTwins && !restoredSplit && decided('partial').length === 0) {
    broken.push(`the tags ended split at ${ends.join(', ')}, and nobody said partial`);
  }
  return broken;
}
