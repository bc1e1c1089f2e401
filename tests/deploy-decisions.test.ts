import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decideAncestry, type AncestryFacts } from '../lib/ancestry/decide.ts';
import { decideRollout } from '../lib/deploy/rollout-answer.ts';
import { fillTag } from '../lib/deploy/rollout-options.ts';
import { decideSuperseded } from '../lib/deploy/superseded.ts';
import {
  decideFleet,
  decideTenant,
  readBuildInfo,
  type Probe,
  type TenantAnswer,
} from '../lib/deploy/tenant-state.ts';
import { chooseShard } from '../lib/deploy/tenants.ts';
import type { Relation } from '../lib/forge/forge.ts';
import { relationOfCounts } from '../lib/forge/relation.ts';
import { sameCommit } from '../lib/sha.ts';

const [ours, theirs, third] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const relation = (
  kind: Relation['kind'],
  aheadBy: number | null = 2,
  behindBy: number | null = 1,
): Relation => ({
  kind,
  aheadBy,
  behindBy,
  why: 'because',
});
const kinds = ['identical', 'ahead', 'behind', 'diverged', 'unknown'] as const;
const anyRelation = fc.constantFrom(...kinds).map((kind) => relation(kind));

describe('ancestry', () => {
  const facts = (more: Partial<AncestryFacts>): AncestryFacts => ({
    candidate: ours,
    witnesses: [{ name: 'tag', revision: theirs }],
    relations: new Map(),
    onUnlabelled: 'allow',
    ...more,
  });
  const of = (...pairs: [string, Relation][]): Partial<AncestryFacts> => ({
    witnesses: pairs.map(([revision]) => ({ name: revision, revision })),
    relations: new Map(pairs),
  });
  const rows: [string, Partial<AncestryFacts>, string, number, RegExp][] = [
    ['no witness', { witnesses: [] }, 'absent', 0, /is the first/],
    [
      'no label, allowed',
      { witnesses: [{ name: 't', revision: null }] },
      'unlabelled',
      0,
      /no revision label/,
    ],
    [
      'no label, refused',
      { witnesses: [{ name: 't', revision: null }], onUnlabelled: 'refuse' },
      'unlabelled',
      1,
      /no revision label/,
    ],
    ['never asked', {}, 'unknown', 3, /it was not asked/],
    ['unknown', of([theirs, relation('unknown')]), 'unknown', 3, /because/],
    ['identical', of([theirs, relation('identical')]), 'identical', 0, /is what is served now/],
    ['ahead', of([theirs, relation('ahead')]), 'ahead', 0, /descends from bbbbbbb \(2 commits\)/],
    [
      'ahead by an unknown number',
      of([theirs, relation('ahead', null)]),
      'ahead',
      0,
      /descends from bbbbbbb$/,
    ],
    ['behind by one', of([theirs, relation('behind')]), 'behind', 1, /is older than .* \(1 commit\)/],
    ['diverged', of([theirs, relation('diverged')]), 'diverged', 1, /each hold commits/],
    [
      'ahead of both',
      of([theirs, relation('ahead')], [third, relation('identical')]),
      'ahead',
      0,
      /each of bbbbbbb, ccccccc/,
    ],
    [
      'behind one of two',
      of([theirs, relation('ahead')], [third, relation('behind')]),
      'disagree',
      1,
      /carries 2 revisions .* is behind of ccccccc/,
    ],
    [
      'one of two unknown',
      of([theirs, relation('ahead')], [third, relation('unknown')]),
      'unknown',
      3,
      /ccccccc/,
    ],
  ];
  for (const [name, more, decision, exit, reason] of rows) {
    test(`${name}: ${decision}`, () => {
      const answer = decideAncestry(facts(more));
      assert.deepEqual([answer.decision, answer.exit], [decision, exit]);
      assert.match(answer.reason, reason);
    });
  }

  test('goes only where the candidate is ahead of, or identical to, all that is labelled', () => {
    const witness = fc.record({
      name: fc.constant('t'),
      revision: fc.constantFrom(theirs, third, 'd'.repeat(40), null),
    });
    const relations = fc.array(fc.tuple(fc.constantFrom(theirs, third, 'd'.repeat(40)), anyRelation));
    fc.assert(
      fc.property(fc.array(witness, { minLength: 1 }), relations, (witnesses, pairs) => {
        const known = new Map(pairs);
        const answer = decideAncestry(facts({ witnesses, relations: known, onUnlabelled: 'refuse' }));
        const labelled = [...new Set(witnesses.flatMap(({ revision }) => revision ?? []))];
        const good = labelled.every((revision) =>
          ['ahead', 'identical'].includes(known.get(revision)?.kind ?? ''),
        );
        assert.equal(answer.exit === 0, labelled.length > 0 && good);
        assert.deepEqual(answer.current, labelled);
      }),
    );
  });

  test('counts on both sides decide, and none on either is no sameness', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (ahead, behind) => {
        const { kind } = relationOfCounts(ahead, behind, '');
        const expected = ahead && behind ? 'diverged' : ahead ? 'ahead' : behind ? 'behind' : 'unknown';
        assert.equal(kind, expected);
      }),
    );
  });
});

describe('superseded', () => {
  const decide = (head: string, found: Relation | null, strict = true) =>
    decideSuperseded({ sha: ours, branch: 'main', head, relation: found, strict });

  test('only a head that descends from ours is newer', () => {
    for (const kind of kinds) {
      assert.equal(decide(theirs, relation(kind)).superseded, kind === 'ahead', kind);
    }
    assert.deepEqual([decide(theirs, null).superseded, decide(theirs, null).sure], [false, false]);
  });

  test('our own head is not, whatever else is said, nor one that is a part of it', () => {
    for (const head of [ours, ours.slice(0, 7), ours.toUpperCase()]) {
      const answer = decide(head, relation('ahead'), false);
      assert.deepEqual([answer.superseded, answer.sure], [false, true]);
    }
  });

  test('without ancestry any other commit is, but nothing that is no commit', () => {
    assert.equal(decide(theirs, null, false).superseded, true);
    for (const head of ['', 'main', 'abc12', `${theirs} `, '<html>', 'b'.repeat(65), '0'.repeat(40)]) {
      const answer = decide(head, relation('ahead'), false);
      assert.deepEqual([answer.superseded, answer.sure], [false, false], head);
    }
  });
});

describe('a tenant', () => {
  const infos: [string, string, Probe['kind'], RegExp][] = [
    ['a whole SHA', `{"git_sha":"${ours.toUpperCase()}"}`, 'sha', /^a{40}$/],
    ['seven digits', '{"git_sha":"abcdef0"}', 'sha', /^abcdef0$/],
    ['six digits', '{"git_sha":"abcdef"}', 'unparseable', /no commit SHA/],
    ['dev', '{"git_sha":"dev"}', 'unparseable', /"dev", no commit SHA/],
    ['nothing in it', '{"git_sha":""}', 'unparseable', /no commit SHA/],
    ['null', '{"git_sha":null}', 'unparseable', /is null/],
    ['a number', '{"git_sha":1234567}', 'unparseable', /is 1234567/],
    ['another field', '{"sha":"abcdef0"}', 'unparseable', /has no "git_sha"/],
    ['a list', '[]', 'unparseable', /no object/],
    ['JSON null', 'null', 'unparseable', /no object/],
    ['HTML', ' <!DOCTYPE html>', 'unparseable', /HTML/],
    ['half of it', '{"git_sha":"abc', 'unparseable', /not JSON/],
    ['nothing', '', 'unparseable', /not JSON/],
  ];
  test('a field that every object has is not in an empty one', () => {
    for (const field of ['constructor', 'toString', '__proto__'])
      assert.deepEqual(readBuildInfo('{}', field), {
        kind: 'unparseable',
        why: `its JSON has no "${field}"`,
      });
  });

  for (const [name, text, kind, words] of infos) {
    test(`that answers ${name}: ${kind}`, () => {
      const probe = readBuildInfo(text, 'git_sha');
      assert.equal(probe.kind, kind);
      assert.match(probe.kind === 'sha' ? probe.sha : probe.why, words);
    });
  }

  const sha = (text: string): Probe => ({ kind: 'sha', sha: text });
  const down: Probe = { kind: 'unreachable', why: 'down' };
  const rows: [string, Probe[], Relation | null, string][] = [
    ['never asked', [], null, 'unreachable'],
    ['ours', [sha(ours)], null, 'current'],
    ['ours, cut', [sha(ours.slice(0, 7))], null, 'current'],
    ['ours and then down', [sha(ours), down], null, 'unreachable'],
    ['ours and then another', [sha(ours), sha(theirs)], relation('behind'), 'stale'],
    ['a descendant', [sha(theirs)], relation('ahead'), 'ahead'],
    ['an ancestor', [sha(theirs)], relation('behind'), 'stale'],
    ['another line', [sha(theirs)], relation('diverged'), 'stale'],
    ['one that cannot be told', [sha(theirs)], relation('unknown'), 'stale'],
    ['one that was not asked', [sha(theirs)], null, 'stale'],
    ['what is no build info', [{ kind: 'unparseable', why: 'x' }], null, 'unparseable'],
  ];
  for (const [name, probes, found, state] of rows) {
    test(`that runs ${name} is ${state}`, () => {
      assert.equal(decideTenant('t', ours, probes, () => found).state, state);
    });
  }

  test('two SHAs are one commit from seven equal digits on', () => {
    const hex = fc.string({ unit: fc.constantFrom('0', '1', 'a', 'f'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(hex, hex, (a, b) => {
        const size = Math.min(a.length, b.length);
        assert.equal(sameCommit(a, b.toUpperCase()), size >= 7 && a.slice(0, size) === b.slice(0, size));
      }),
    );
  });
});

describe('a fleet', () => {
  const states = ['current', 'ahead', 'stale', 'unreachable', 'unparseable'] as const;
  const answer = (state: TenantAnswer['state'], at = 0): TenantAnswer => ({
    slug: `t${at}`,
    state,
    actual: null,
    why: '',
  });
  const none = { count: 0 };
  const rows: [
    string,
    TenantAnswer['state'][],
    Partial<Parameters<typeof decideFleet>[1]>,
    string,
    RegExp,
  ][] = [
    ['empty', [], { listed: 0 }, 'refuse', /list is empty/],
    [
      'shorter than expected',
      ['current'],
      { expectCount: 2 },
      'refuse',
      /^1 tenant is listed where 2 are expected/,
    ],
    ['an empty shard', [], { listed: 3 }, 'refuse', /no tenant falls in this shard of 3/],
    ['all current or ahead', ['current', 'ahead'], {}, 'go', /1 current, 1 ahead/],
    ['one stale', ['current', 'stale', 'unparseable'], {}, 'stale', /1 of 3 tenants is stale: t1/],
    ['one unparseable', ['current', 'unparseable'], {}, 'refuse', /does not say what it runs: t1/],
    [
      'all unreachable, all allowed',
      ['unreachable'],
      { maxUnreachable: { share: 1 } },
      'refuse',
      /none of 1/,
    ],
    ['one unreachable too many', ['current', 'unreachable'], {}, 'refuse', /0 are allowed: t1/],
    [
      'one unreachable, allowed',
      ['current', 'unreachable'],
      { maxUnreachable: { count: 1 } },
      'go',
      /1 unreachable \(allowed\)/,
    ],
    [
      'a share that rounds down',
      ['current', 'current', 'unreachable'],
      { maxUnreachable: { share: 0.33 } },
      'refuse',
      /0 are allowed/,
    ],
    ['more names than fit', Array(12).fill('stale'), {}, 'stale', /t9 and 2 more/],
  ];
  for (const [name, all, more, decision, reason] of rows) {
    test(`${name}: ${decision}`, () => {
      const settings = { listed: all.length, expectCount: null, maxUnreachable: none, ...more };
      const found = decideFleet(all.map(answer), settings);
      assert.equal(found.decision, decision);
      assert.match(found.reason, reason);
    });
  }

  test('goes only where someone agrees, nobody disagrees, and no more are out of reach than may be', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states)), fc.nat(3), (all, count) => {
        const answers = all.map(answer);
        const { decision } = decideFleet(answers, {
          listed: all.length,
          expectCount: null,
          maxUnreachable: { count },
        });
        const of = (state: string): number => all.filter((one) => one === state).length;
        const good = of('current') + of('ahead') > 0 && of('stale') + of('unparseable') === 0;
        assert.equal(decision === 'go', good && of('unreachable') <= count);
      }),
    );
  });

  test('shards cover any list exactly once, and differ by one at most', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, of) => {
        const named = items.map((item, at) => `${at} ${item}`);
        const shards = Array.from({ length: of }, (_, at) => chooseShard(named, { index: at + 1, of }));
        assert.deepEqual(shards.flat().sort(), [...named].sort());
        const sizes = shards.map((shard) => shard.length);
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      }),
    );
  });
});

describe("the control plane's answer", () => {
  const healthy = {
    slug: 'a',
    phase: 'done',
    ssm_status: 'Success',
    ssm_exit_code: 0,
    healthz_ok: true,
    error: null,
  };
  const decide = (
    status: number,
    body: unknown,
    { dryRun = false, listed = 1 }: { dryRun?: boolean; listed?: number } = {},
  ) =>
    decideRollout(
      {
        status,
        bytes: Buffer.isBuffer(body)
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      },
      { dryRun, listed: ['a', 'b', 'c'].slice(0, listed), words: 'POST /x answered' },
    );
  const rows: [string, number, unknown, string][] = [
    ['ok and healthy', 200, { ok: true, results: [healthy] }, 'rolled'],
    ['ok, but with 201', 201, { ok: true, results: [healthy] }, 'failed'],
    ['ok as a word', 200, { ok: 'true', results: [healthy] }, 'failed'],
    ['not ok', 200, { ok: false, results: [healthy] }, 'failed'],
    ['no word on health', 200, { ok: true, results: [{ slug: 'a' }] }, 'failed'],
    ['health as a word', 200, { ok: true, results: [{ ...healthy, healthz_ok: 'true' }] }, 'failed'],
    ['no results', 200, { ok: true, results: [] }, 'failed'],
    ['results missing', 200, { ok: true }, 'failed'],
    ['results of another kind', 200, { ok: true, results: {} }, 'unknown'],
    ['a result without slug', 200, { ok: true, results: [{ healthz_ok: true }] }, 'unknown'],
    ['null', 200, null, 'unknown'],
    ['a list', 200, [], 'unknown'],
    ['HTML', 200, '<html>', 'unknown'],
    ['half of it', 200, '{"ok":true,"results":[', 'unknown'],
    ['text that is not UTF-8', 200, Buffer.from('{"ok":true,"results":[],"x":"\xe9"}', 'latin1'), 'unknown'],
    ['400 with words', 400, { error: 'no' }, 'failed'],
    ['403 in HTML', 403, '<html>', 'failed'],
    ['409 with results', 409, { ok: false, results: [{ ...healthy, healthz_ok: false }] }, 'failed'],
    ['302', 302, '', 'failed'],
    ['500', 500, { ok: true, results: [healthy] }, 'unknown'],
    ['503 in HTML', 503, '<html>', 'unknown'],
  ];
  for (const [name, status, body, decision] of rows) {
    test(`${name}: ${decision}`, () => assert.equal(decide(status, body).decision, decision));
  }

  test('names who stopped it, and which tenants are on which side', () => {
    const sick = { slug: 'b', phase: 'canary', ssm_status: 'Failed', healthz_ok: null, error: 'boom' };
    const { reason, results } = decide(200, { ok: false, results: [healthy, sick] });
    assert.match(
      reason,
      /^b stopped the rollout \(phase canary, boom, status Failed\); rolled and healthy: a; not: b;/,
    );
    assert.deepEqual(
      results.map(({ exitCode }) => exitCode),
      ['0', ''],
    );
  });

  test('a dry run is never said to have rolled', () => {
    assert.equal(decide(200, { ok: true, results: [healthy] }, { dryRun: true }).decision, 'dry-run');
    assert.equal(decide(200, { ok: true, results: [] }, { dryRun: true, listed: 0 }).decision, 'dry-run');
  });

  test('nothing but ok: true with every result healthy is rolled', () => {
    const result = fc.record(
      { slug: fc.string(), healthz_ok: fc.constantFrom(true, false, null, 'true', 1) },
      { requiredKeys: ['slug'] },
    );
    const body = fc.record(
      { ok: fc.constantFrom(true, false, 'true', 1, null), results: fc.array(result, { maxLength: 4 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, fc.nat(2), (value, listed) => {
        const { decision } = decide(200, value, { listed });
        const results = value.results ?? [];
        const good = value.ok === true && results.every(({ healthz_ok: ok }) => ok === true);
        const isNone = listed === 0 && value.results !== undefined;
        assert.equal(decision === 'rolled', good && (results.length > 0 || isNone));
      }),
    );
  });

  test('that is no success names who stopped it and on which side each tenant is, where it says so', () => {
    const results = [healthy, { ...healthy, slug: 'b', phase: 'fleet', healthz_ok: false, error: 'boom' }];
    const stopped = 'b stopped the rollout (phase fleet, boom, status Success)';
    const sides = 'rolled and healthy: a; not: b; not reached: c';
    const reason = (...args: Parameters<typeof decide>) => decide(...args).reason;
    assert.equal(reason(200, { ok: false, results }, { listed: 3 }), `${stopped}; ${sides}`);
    assert.equal(
      reason(409, { ok: false, results }, { listed: 3 }),
      `the control plane refused: POST /x answered; ${stopped}; ${sides}`,
    );
    assert.equal(
      reason(200, { ok: false, results: [healthy] }, { listed: 2 }),
      'the control plane says that the rollout is not ok, but names no tenant that stopped it; rolled and healthy: a; not: none; not reached: b',
    );
    assert.match(reason(200, { ok: false, results }, { listed: 0 }), /; tenants not named were not reached$/);
    assert.equal(
      reason(200, { ok: true, results: [healthy] }, { listed: 3 }),
      '1 tenant was rolled and is healthy; listed, but not named: b, c',
    );
  });

  test('ok without a list of results proves no rollout, also where nothing is listed', () => {
    for (const body of [{ ok: true }, { ok: true, results: null }]) {
      assert.equal(decide(200, body, { listed: 0 }).decision, 'unknown');
      assert.equal(decide(200, { ...body, ok: false }, { listed: 0 }).decision, 'failed');
    }
  });

  test('a tag is filled in, and must be one', () => {
    assert.equal(fillTag('staging-{short}', ours), 'staging-aaaaaaa');
    assert.equal(fillTag('{sha}', ours), ours);
    for (const tag of ['', 'a b', '-a', 'a/b', 'a:b', 'x'.repeat(129), '{long}']) {
      assert.throws(() => fillTag(tag, ours), { name: 'UsageError' }, tag);
    }
  });
});
