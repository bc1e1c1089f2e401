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
 * all only where no tenant was listed.
 */
export function decideRollout(
  answer: Pick<HttpAnswer, 'status' | 'bytes'>,
  { dryRun, listed, words }: { dryRun: boolean; listed: number; words: string },
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
  if (answer.status !== 200)
    return { results, decision: 'failed', reason: `the control plane refused: ${words}` };
  const sick = results.find((result) => !result.healthy);
  if (sick) return { results, decision: 'failed', reason: describeStop(sick, results) };
  if (!ok)
    return {
      results,
      decision: 'failed',
      reason: 'the control plane says that the rollout is not ok, but names no tenant',
    };
  if (results.length === 0 && listed > 0) {
    return {
      results,
      decision: 'failed',
      reason: `the control plane says ok, but names none of the ${countOf(listed, 'listed tenant')}`,
    };
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
  return { results, decision: 'rolled', reason: `${tenants} ${end}` };
}

function describeStop(sick: RolloutResult, results: readonly RolloutResult[]): string {
  const healthy = results.filter((result) => result.healthy).map(({ slug }) => slug);
  const rest = results.filter((result) => !result.healthy).map(({ slug }) => slug);
  const cause = [sick.phase && `phase ${sick.phase}`, sick.error, sick.status && `status ${sick.status}`]
    .filter(Boolean)
    .join(', ');
  return `${sick.slug} stopped the rollout${cause ? ` (${cause})` : ''}; rolled and healthy: ${healthy.join(', ') || 'none'}; not: ${rest.join(', ')}; tenants not named were not reached`;
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
