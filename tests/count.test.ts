// One thing is not called several.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideFleet, type TenantAnswer } from '../lib/deploy/tenant-state.ts';
import { countOf } from '../lib/count.ts';
import { startHop } from '../lib/train/hop.ts';
import { describeTrain } from '../lib/train/report.ts';
import { renderText } from '../lib/train/text.ts';

const fleet = (states: TenantAnswer['state'][], allowed = 0): string =>
  decideFleet(
    states.map((state, index) => ({ slug: `t${index}`, state, actual: null, why: '' })),
    { listed: states.length, expectCount: states.length, maxUnreachable: { count: allowed } },
  ).reason;
const hops = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...startHop('branch', 'a', `b${index}`),
    state: 'current' as const,
  }));
const moving = { ...startHop('branch', 'a', 'c'), state: 'moving' as const };

const rows: [string, string][] = [
  [countOf(0, 'tenant'), '0 tenants'],
  [countOf(1, 'tenant'), '1 tenant'],
  [countOf(2, 'tenant'), '2 tenants'],
  [fleet(['stale']), '1 of 1 tenant is stale: t0'],
  [fleet(['stale', 'current']), '1 of 2 tenants is stale: t0'],
  [fleet(['stale', 'stale']), '2 of 2 tenants are stale: t0, t1'],
  [fleet(['unparseable', 'current']), '1 of 2 tenants does not say what it runs: t0'],
  [fleet(['unparseable', 'unparseable']), '2 of 2 tenants do not say what they run: t0, t1'],
  [fleet(['unreachable']), 'none of 1 tenant could be reached'],
  [
    fleet(['unreachable', 'unreachable', 'current'], 1),
    '2 of 3 tenants could not be reached, 1 is allowed: t0, t1',
  ],
  [fleet(['current']), '1 tenant asked: 1 current'],
  [describeTrain({ hops: hops(1) }), 'the one hop is current'],
  [describeTrain({ hops: hops(2) }), 'all 2 hops are current'],
  [
    describeTrain({ hops: [...hops(1), moving] }),
    'the train moves: 1 of 2 hops is current, 1 within what is allowed',
  ],
  [
    renderText(
      { repo: 'o/r', branches: ['a', 'b'], hops: hops(1), checkedAt: 0 },
      { hasColour: false },
    ).split('\n')[0] ?? '',
    'o/r: 1 hop, looked at 1970-01-01 00:00 UTC',
  ],
];
for (const [said, wanted] of rows) test(wanted, () => assert.equal(said, wanted));
