import { countOf, verbOf } from '../count.ts';
import type { HttpAnswer } from '../http.ts';
import { readJson, type Shape } from '../shape.ts';

export interface RolloutResult {
  slug: string;
  phase: string;
  status: string;
  exitCode: string;
  healthy: boolean;
  error: string;
}

export interface RolloutAnswer {
  decision: 'rolled' | 'dry-run' | 'failed' | 'unknown';
  /** False where the call surely never reached the control plane. */
  isSent?: boolean;
  reason: string;
  results: RolloutResult[];
}

/**
 * What the control plane's answer to the one POST means. 4xx: it refused, nothing was rolled. 5xx, or what cannot
 * be read: it may have acted, so it is unknown. Only `ok: true` with every result healthy is rolled, and no result at
 * all only where no tenant was listed. `listed` are the slugs of the fleet, where they are known.
 */
export function decideRollout(
  answer: Pick<HttpAnswer, 'status' | 'bytes'>,
  { dryRun, listed, words }: { dryRun: boolean; listed: readonly string[]; words: string },
): RolloutAnswer {
  const bare = { results: [] };
  if (answer.status >= 500)
    return { ...bare, decision: 'unknown', reason: `${words}: whether it acted is not known` };
  if (answer.status >= 300 && answer.status < 400) {
    return {
      ...bare,
      decision: 'failed',
      reason: `the control plane points elsewhere: ${words}; give the final URL`,
    };
  }
  let read: RolloutBody;
  try {
    read = readAnswer(answer.bytes);
  } catch (error) {
    if (answer.status >= 400)
      return { ...bare, decision: 'failed', reason: `the control plane refused: ${words}` };
    return {
      ...bare,
      decision: 'unknown',
      reason: `${words}: ${(error as Error).message}, so whether it acted is not known`,
    };
  }
  const { ok, results } = read;
  const failed = (reason: string): RolloutAnswer => ({ results, decision: 'failed', reason });
  const sick = results.find((result) => !result.healthy);
  const stop = sick ? describeStop(sick) : '';
  const sides = results.length > 0 ? describeSides(results, listed) : '';
  if (answer.status !== 200)
    return failed([`the control plane refused: ${words}`, stop, sides].filter(Boolean).join('; '));
  if (sick) return failed(`${stop}; ${sides}`);
  if (!ok) {
    const found = 'the control plane says that the rollout is not ok, but names no tenant that stopped it';
    return failed([found, sides].filter(Boolean).join('; '));
  }
  if (results.length === 0 && listed.length > 0) {
    const count = countOf(listed.length, 'listed tenant');
    return failed(`the control plane says ok, but names none of the ${count}`);
  }
  if (!read.isListed && !dryRun) {
    return {
      results,
      decision: 'unknown',
      reason: `${words}: the answer has no "results", so whether it acted is not known`,
    };
  }
  const tenants = countOf(results.length, 'tenant');
  if (dryRun) return { results, decision: 'dry-run', reason: `the control plane would roll ${tenants}` };
  const end = verbOf(results.length, 'was rolled and is healthy', 'were rolled and are healthy');
  const missed = findMissed(results, listed);
  const rest = missed.length > 0 ? `; listed, but not named: ${missed.join(', ')}` : '';
  return { results, decision: 'rolled', reason: `${tenants} ${end}${rest}` };
}

function describeStop(sick: RolloutResult): string {
  const cause = [sick.phase && `phase ${sick.phase}`, sick.error, sick.status && `status ${sick.status}`]
    .filter(Boolean)
    .join(', ');
  return `${sick.slug} stopped the rollout${cause ? ` (${cause})` : ''}`;
}

/** Which tenants run the new tag, which were tried, and which were not reached. */
function describeSides(results: readonly RolloutResult[], listed: readonly string[]): string {
  const healthy = results.filter((result) => result.healthy).map(({ slug }) => slug);
  const rest = results.filter((result) => !result.healthy).map(({ slug }) => slug);
  const missed = findMissed(results, listed);
  const last =
    listed.length === 0
      ? 'tenants not named were not reached'
      : `not reached: ${missed.join(', ') || 'none'}`;
  return `rolled and healthy: ${healthy.join(', ') || 'none'}; not: ${rest.join(', ') || 'none'}; ${last}`;
}

function findMissed(results: readonly RolloutResult[], listed: readonly string[]): string[] {
  return listed.filter((slug) => !results.some((result) => result.slug === slug));
}

interface RolloutBody {
  ok: boolean;
  results: RolloutResult[];
  /** Did it have a list of results, if only an empty one? */
  isListed: boolean;
}

function readAnswer(bytes: Uint8Array): RolloutBody {
  const body = readJson(bytes, 'the answer');
  const list = body.optional('results');
  return {
    ok: body.optional('ok')?.raw() === true,
    results: (list?.list() ?? []).map(readResult),
    isListed: list !== null,
  };
}

function readResult(row: Shape): RolloutResult {
  const text = (name: string): string => {
    const value = row.optional(name)?.raw();
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    slug: row.field('slug').text(),
    phase: text('phase'),
    status: text('ssm_status'),
    exitCode: text('ssm_exit_code'),
    healthy: row.optional('healthz_ok')?.raw() === true,
    error: text('error'),
  };
}
