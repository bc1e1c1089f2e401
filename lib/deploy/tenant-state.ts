import { countOf, verbOf } from '../count.ts';
import type { Relation } from '../forge/forge.ts';
import { sameCommit, shortSha } from '../sha.ts';

export type TenantState = 'current' | 'ahead' | 'stale' | 'unreachable' | 'unparseable';

/** What one request to a tenant gave. */
export type Probe =
  { kind: 'sha'; sha: string } | { kind: 'unreachable'; why: string } | { kind: 'unparseable'; why: string };

export interface TenantAnswer {
  slug: string;
  state: TenantState;
  /** The commit it runs, where it says. */
  actual: string | null;
  why: string;
}

const longestShown = 60;

/** What a build info's text says it runs. Anything but a JSON object with seven or more hex digits is unparseable. */
export function readBuildInfo(text: string, field: string): Probe {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {
      kind: 'unparseable',
      why: /^\s*</.test(text) ? 'it answers HTML' : 'it answers what is not JSON',
    };
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return { kind: 'unparseable', why: 'its JSON is no object' };
  const value = Object.hasOwn(body, field) ? (body as Record<string, unknown>)[field] : undefined;
  if (value === undefined) return { kind: 'unparseable', why: `its JSON has no "${field}"` };
  if (typeof value !== 'string' || !/^([0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(value)) {
    return {
      kind: 'unparseable',
      why: `"${field}" is ${describeValue(value)}, no commit SHA`,
    };
  }
  return { kind: 'sha', sha: value.toLowerCase() };
}

/** A value as it stands there; a long one is not cut, since half of an echoed secret would be seen. */
function describeValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= longestShown) return text;
  return typeof value === 'string' ? `a text of ${countOf(value.length, 'character')}` : 'a long value';
}

/**
 * A tenant's state from its answers in a row. `relation` tells how another commit lies to ours; without one it is stale.
 * Fewer than `hits` answers count only when the last of them is no agreement.
 */
export function decideTenant(
  slug: string,
  expected: string,
  probes: readonly Probe[],
  relation: (sha: string) => Relation | null,
): TenantAnswer {
  const last = probes.at(-1);
  if (last === undefined) return { slug, state: 'unreachable', actual: null, why: 'it was not asked' };
  if (last.kind !== 'sha') return { slug, state: last.kind, actual: null, why: last.why };
  if (sameCommit(last.sha, expected))
    return { slug, state: 'current', actual: last.sha, why: `runs ${shortSha(last.sha)}` };
  const found = relation(last.sha);
  if (found?.kind === 'ahead') {
    return {
      slug,
      state: 'ahead',
      actual: last.sha,
      why: `runs ${shortSha(last.sha)}, which descends from ${shortSha(expected)}`,
    };
  }
  const why =
    found === null
      ? 'how it lies to ours could not be told'
      : found.kind === 'unknown'
        ? found.why
        : `it is ${found.kind}`;
  return { slug, state: 'stale', actual: last.sha, why };
}

export interface FleetSettings {
  /** Tenants listed before sharding. */
  listed: number;
  expectCount: number | null;
  /** A number, or a share of those asked from 0 to 1. */
  maxUnreachable: { count: number } | { share: number };
}

export interface FleetAnswer {
  decision: 'go' | 'stale' | 'refuse';
  reason: string;
}

/** Does the fleet run the commit? Nobody asked, and nobody reached, are no agreement. */
export function decideFleet(answers: readonly TenantAnswer[], settings: FleetSettings): FleetAnswer {
  const { listed, expectCount, maxUnreachable } = settings;
  const refuse = (reason: string): FleetAnswer => ({ decision: 'refuse', reason });
  if (listed === 0) return refuse('the tenant list is empty, so nothing is proved');
  if (expectCount !== null && listed < expectCount)
    return refuse(
      `${countOf(listed, 'tenant')} ${verbOf(listed, 'is', 'are')} listed where ${expectCount} are expected`,
    );
  if (answers.length === 0)
    return refuse(`no tenant falls in this shard of ${listed}, so nothing is proved: use fewer shards`);
  const asked = countOf(answers.length, 'tenant');
  const of = (state: TenantState): string[] =>
    answers.filter((answer) => answer.state === state).map(({ slug }) => slug);
  const [stale, unparseable, unreachable] = [of('stale'), of('unparseable'), of('unreachable')];
  if (stale.length > 0)
    return {
      decision: 'stale',
      reason: `${stale.length} of ${asked} ${verbOf(stale.length, 'is', 'are')} stale: ${list(stale)}`,
    };
  if (unparseable.length > 0)
    return refuse(
      `${unparseable.length} of ${asked} ${verbOf(unparseable.length, 'does not say what it runs', 'do not say what they run')}: ${list(unparseable)}`,
    );
  if (unreachable.length === answers.length) return refuse(`none of ${asked} could be reached`);
  const allowed =
    'count' in maxUnreachable ? maxUnreachable.count : Math.floor(maxUnreachable.share * answers.length);
  if (unreachable.length > allowed) {
    return refuse(
      `${unreachable.length} of ${asked} could not be reached, ${allowed} ${verbOf(allowed, 'is', 'are')} allowed: ${list(unreachable)}`,
    );
  }
  const ahead = of('ahead').length;
  const parts = [
    `${of('current').length} current`,
    ahead > 0 ? `${ahead} ahead` : '',
    unreachable.length > 0 ? `${unreachable.length} unreachable (allowed)` : '',
  ];
  return { decision: 'go', reason: `${asked} asked: ${parts.filter(Boolean).join(', ')}` };
}

function list(slugs: readonly string[]): string {
  return slugs.length > 10
    ? `${slugs.slice(0, 10).join(', ')} and ${slugs.length - 10} more`
    : slugs.join(', ');
}
