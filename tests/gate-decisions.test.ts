import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Job, Run, Status } from '../lib/forge/forge.ts';
import { decideAbsence, decideWithoutPush, needsChanges, type AbsenceFacts } from '../lib/gate/absence.ts';
import { answerState, decideGate } from '../lib/gate/decide.ts';
import { chooseRuns, decideRunState, needsJobs } from '../lib/gate/run-state.ts';
import { decideStatusState, type StatusFacts } from '../lib/gate/status-state.ts';
import type { State, WorkflowState } from '../lib/gate/state.ts';
import { verdictOfGate } from '../lib/gate/verdict.ts';
import { readWorkflowText } from '../lib/gate/workflow-reading.ts';

const sha = 'a'.repeat(40);
const wanted = { file: 'ci.yml', job: null };
const states: State[] = ['success', 'failure', 'running', 'filtered', 'missing', 'unknown'];
const policies = ['auto', 'go', 'defer', 'refuse'] as const;

describe('a gate over several workflows', () => {
  const anyState: fc.Arbitrary<WorkflowState> = fc.record({
    wanted: fc.constant(wanted),
    state: fc.constantFrom(...states),
    why: fc.constant('because'),
    certain: fc.boolean(),
    refused: fc.boolean(),
  });
  const several = fc.tuple(anyState, fc.array(anyState, { maxLength: 5 })).map(([first, rest]) => {
    return [first, ...rest] as [WorkflowState, ...WorkflowState[]];
  });

  test('goes only where each of them goes by itself', () => {
    fc.assert(
      fc.property(several, fc.constantFrom(...policies), (all, absent) => {
        const { decision } = decideGate(all, absent);
        assert.equal(
          decision === 'go',
          all.every((state) => answerState(state, absent) === 'go'),
        );
      }),
    );
  });

  test('does not depend on their order, and one more never makes it milder', () => {
    const order = ['go', 'defer', 'unknown', 'refuse'];
    fc.assert(
      fc.property(several, anyState, fc.constantFrom(...policies), (all, more, absent) => {
        const one = decideGate(all, absent).decision;
        const turned = [...all].reverse() as [WorkflowState, ...WorkflowState[]];
        assert.equal(decideGate(turned, absent).decision, one);
        const two = decideGate([...all, more], absent).decision;
        assert.ok(order.indexOf(two) >= order.indexOf(one), `${one} became ${two}`);
      }),
    );
  });

  test('the policy for runs that are missing rules over nothing else', () => {
    for (const state of states) {
      const answers = new Set(policies.map((absent) => answerState({ wanted, state, why: '' }, absent)));
      assert.equal(answers.size > 1, state === 'missing', state);
    }
  });

  test('waits only for runs that may still come', () => {
    const missing = { wanted, state: 'missing', why: '' } as const;
    const rows: [string, WorkflowState[], boolean][] = [
      ['one that is late', [missing], true],
      ['one that is late beside a green one', [missing, { wanted, state: 'success', why: '' }], true],
      ['one that cannot come', [{ ...missing, certain: true }], false],
      ['one that is refused', [{ ...missing, refused: true }], false],
      ['a red one beside it', [missing, { wanted, state: 'failure', why: '' }], false],
      ['green', [{ wanted, state: 'success', why: '' }], false],
    ];
    for (const [name, all, late] of rows) {
      assert.equal(decideGate(all as [WorkflowState], 'auto').late, late, name);
      assert.equal(decideGate(all as [WorkflowState], 'refuse').late, false, name);
    }
  });

  const verdicts: [Parameters<typeof verdictOfGate>[0]['decision'], number, boolean, RegExp][] = [
    ['go', 0, true, /^because$/],
    ['defer', 0, false, /^not yet: because$/],
    ['refuse', 1, false, /^Cannot let aaaaaaa go on: because; /],
    ['unknown', 3, false, /^Cannot tell whether aaaaaaa may go on: because/],
  ];
  for (const [decision, exit, proceed, reason] of verdicts) {
    test(`${decision} ends with ${exit}`, () => {
      const state = decision === 'refuse' ? 'failure' : 'unknown';
      const all: WorkflowState[] = decision === 'go' ? [] : [{ wanted, state, why: 'x', url: 'https://h/1' }];
      const shown = decision === 'defer' ? [] : all;
      const verdict = verdictOfGate({ decision, states: shown, sha, reason: 'because' });
      assert.deepEqual(
        [verdict.exit, verdict.proceed, verdict.deferred],
        [exit, proceed, decision === 'defer'],
      );
      assert.match(verdict.reason, reason);
    });
  }

  test("a file that is asked for two jobs has the worse one's state", () => {
    const all: WorkflowState[] = [
      { wanted: { file: 'deep/ci.yml', job: 'a' }, state: 'success', why: '' },
      { wanted: { file: 'deep/ci.yml', job: 'b' }, state: 'failure', why: '', next: ['x'] },
      { wanted: { file: 'e2e.yml', job: null }, state: 'success', why: '', next: ['x'] },
    ];
    const { outputs, next } = verdictOfGate({ decision: 'refuse', states: all, sha, reason: 'because' });
    assert.deepEqual(JSON.parse(outputs?.['states'] as string), {
      'ci.yml': 'failure',
      'e2e.yml': 'success',
    });
    assert.equal(outputs?.['state'], 'failure');
    assert.deepEqual(next, ['x']);
  });
});

describe('the state of runs', () => {
  const run = (more: Partial<Run> = {}): Run => ({
    id: 1,
    file: 'ci.yml',
    sha,
    branch: 'main',
    event: 'push',
    attempt: 1,
    status: 'completed',
    conclusion: 'success',
    url: '',
    ...more,
  });
  const job = (conclusion: string | null, more: Partial<Job> = {}): Job => ({
    name: 'build',
    status: 'completed',
    conclusion,
    ...more,
  });
  const passed = [job('success')];

  const conclusions: [string | null, State][] = [
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['startup_failure', 'failure'],
    ['action_required', 'failure'],
    ['stale', 'failure'],
    ['skipped', 'failure'],
    ['cancelled', 'failure'],
    ['neutral', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ];
  for (const [conclusion, state] of conclusions) {
    test(`completed as ${conclusion ?? 'nothing'} is ${state}`, () => {
      assert.equal(decideRunState(wanted, [run({ conclusion })], passed).state, state);
    });
  }
  for (const status of ['queued', 'requested', 'waiting', 'pending', 'in_progress']) {
    test(`${status} is running, whatever its conclusion says`, () => {
      assert.equal(decideRunState(wanted, [run({ status })], passed).state, 'running');
    });
  }

  test('no status or conclusion but a success with a job that succeeded is success', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (status, conclusion) => {
        fc.pre(status !== 'completed' || conclusion !== 'success');
        assert.notEqual(decideRunState(wanted, [run({ status, conclusion })], passed).state, 'success');
      }),
    );
  });

  const jobs: [string, Job[] | null, string | null, State][] = [
    ['jobs that were not read', null, null, 'unknown'],
    ['no job', [], null, 'failure'],
    ['every job skipped', [job('skipped'), job('skipped')], null, 'failure'],
    ['one that ran beside one skipped', [job('success'), job('skipped')], null, 'success'],
    ['a job in a state nobody knows', [job('success'), job(null, { status: 'odd' })], null, 'unknown'],
    ['the named job', [job('success'), job('success', { name: 'e2e' })], 'e2e', 'success'],
    ['the named job skipped', [job('success'), job('skipped', { name: 'e2e' })], 'e2e', 'failure'],
    [
      'the named job still running',
      [job('success'), job(null, { name: 'e2e', status: 'queued' })],
      'e2e',
      'failure',
    ],
    [
      'every leg of it',
      [job('success', { name: 'e2e (1)' }), job('success', { name: 'e2e (2)' })],
      'e2e',
      'success',
    ],
    [
      'a leg of it red',
      [job('success', { name: 'e2e (1)' }), job('failure', { name: 'e2e (2)' })],
      'e2e',
      'failure',
    ],
    ['another job of its prefix', [job('success', { name: 'e2e-old' })], 'e2e', 'failure'],
  ];
  for (const [name, list, wantedJob, state] of jobs) {
    test(`success with ${name} is ${state}`, () => {
      assert.equal(
        decideRunState({ file: 'ci.yml', job: wantedJob }, [run({ attempt: 2 })], list).state,
        state,
      );
    });
  }

  test('cancelled is running only while another run of its event and branch, started again, is not done', () => {
    const cancelled = run({ id: 9, conclusion: 'cancelled' });
    const rows: [Partial<Run>, State][] = [
      [{ status: 'queued', attempt: 2 }, 'running'],
      [{ status: 'queued' }, 'failure'],
      [{ status: 'queued', attempt: 2, event: 'workflow_dispatch' }, 'failure'],
      [{ status: 'queued', attempt: 2, branch: 'other' }, 'failure'],
      [{ conclusion: 'success' }, 'failure'],
    ];
    for (const [more, state] of rows) {
      assert.equal(decideRunState(wanted, [cancelled, run(more)], null).state, state, JSON.stringify(more));
    }
  });

  test('only runs of this file, commit, branch and event count, the newest first', () => {
    const anyRun = fc.record({
      id: fc.nat(50),
      file: fc.constantFrom('ci.yml', 'xci.yml'),
      sha: fc.constantFrom(sha, 'b'.repeat(40)),
      branch: fc.constantFrom('main', 'side', null),
      event: fc.constantFrom('push', 'schedule'),
      attempt: fc.integer({ min: 1, max: 3 }),
    });
    const filters = fc.record({
      sha: fc.constant(sha),
      branch: fc.constantFrom('main', null),
      events: fc.constantFrom<string[]>(['push'], ['any'], ['push', 'schedule'], []),
    });
    fc.assert(
      fc.property(fc.array(anyRun), filters, (list, filter) => {
        const all = list.map((one) => run(one));
        const chosen = chooseRuns(all, 'ci.yml', filter);
        for (const one of chosen) {
          assert.deepEqual([one.file, one.sha], ['ci.yml', sha]);
          assert.ok(filter.branch === null || one.branch === filter.branch);
          assert.ok(filter.events.includes('any') || filter.events.includes(one.event));
        }
        for (let at = 1; at < chosen.length; at++) {
          const [a, b] = [chosen[at - 1] as Run, chosen[at] as Run];
          assert.ok(a.id > b.id || (a.id === b.id && a.attempt >= b.attempt));
        }
        const counted = all.filter((one) => one.file === 'ci.yml' && one.sha === sha);
        if (filter.branch === null && filter.events.includes('any'))
          assert.equal(chosen.length, counted.length);
      }),
    );
    assert.deepEqual(
      [needsJobs(run()), needsJobs(run({ status: 'queued' })), needsJobs(run({ conclusion: 'skipped' }))],
      [true, false, false],
    );
  });
});

describe('the state of statuses', () => {
  const now = Date.parse('2026-05-01T12:00:00Z');
  let index = 0;
  const status = (context: string, state: string, more: Partial<Status> = {}): Status => ({
    index: ++index,
    context,
    state,
    description: '',
    targetUrl: '/o/r/actions/runs/1/jobs/0',
    createdAt: now - 1000,
    byServer: true,
    ...more,
  });
  const expected = [
    { job: 'build', event: 'push', context: 'CI / build (push)' },
    { job: 'test', event: 'push', context: 'CI / test (push)' },
  ];
  const [build, check] = ['CI / build (push)', 'CI / test (push)'];
  const facts = (statuses: Status[], more: Partial<StatusFacts> = {}): StatusFacts => ({
    wanted,
    expected,
    statuses,
    movedOn: false,
    newerContexts: new Set(),
    isOfOneBranch: null,
    now,
    ...more,
  });
  const torn = [status(build, 'success', { failedRuns: [7] }), status(check, 'success')];
  const skipped = { description: 'Has been skipped' };
  const rows: [string, Status[], Partial<StatusFacts>, State | null, RegExp][] = [
    ['nothing', [], {}, null, /./],
    ['only what a person posted', [status(build, 'success', { byServer: false })], {}, null, /./],
    ['all green', [status(build, 'success'), status(check, 'success')], {}, 'success', /2 of 2/],
    ['one error', [status(build, 'success'), status(check, 'error')], {}, 'failure', /is error/],
    ['one not there yet', [status(build, 'success')], {}, 'running', /no status yet/],
    ['one pending', [status(build, 'pending'), status(check, 'success')], {}, 'running', /pending/],
    ['green, and failed in another run', torn, {}, 'unknown', /green in run 1 and failed in run 7/],
    ['the same on two branches', torn, { isOfOneBranch: false }, 'unknown', /failed in run 7/],
    ['the same on one branch', torn, { isOfOneBranch: true }, 'success', /2 of 2/],
    ['one of an odd state', [status(build, 'warning'), status(check, 'success')], {}, 'unknown', /warning/],
    [
      'all skipped by words',
      [status(build, 'success', skipped), status(check, 'success', skipped)],
      {},
      'failure',
      /no job ran/,
    ],
    [
      'all skipped by state',
      [status(build, 'skipped'), status(check, 'skipped')],
      {},
      'failure',
      /no job ran/,
    ],
    [
      'pending, replaced',
      [status(build, 'pending'), status(check, 'success')],
      { movedOn: true, newerContexts: new Set([build]) },
      'failure',
      /replaced/,
    ],
    [
      'pending, moved on without it',
      [status(build, 'pending'), status(check, 'success')],
      { movedOn: true, newerContexts: new Set([check]) },
      'running',
      /pending/,
    ],
    [
      'pending since yesterday',
      [status(build, 'pending', { createdAt: now - 25 * 3_600_000 })],
      {},
      'failure',
      /24 h/,
    ],
    [
      'pending since a day less a minute',
      [status(build, 'pending', { createdAt: now - 24 * 3_600_000 + 60_000 })],
      {},
      'running',
      /pending/,
    ],
    [
      'cancelled, moved on',
      [status(build, 'failure', { description: 'Has been cancelled' })],
      { movedOn: true },
      'failure',
      /by a newer push/,
    ],
    [
      'cancelled, not moved on',
      [status(build, 'failure', { description: 'Has been cancelled' })],
      {},
      'failure',
      /is failure/,
    ],
    [
      'the named job skipped',
      [status(build, 'success'), status(check, 'success', skipped)],
      { wanted: { file: 'ci.yml', job: 'test' } },
      'failure',
      /was skipped/,
    ],
    [
      'the named job green',
      [status(build, 'success', skipped), status(check, 'success')],
      { wanted: { file: 'ci.yml', job: 'test' } },
      'success',
      /1 of 1/,
    ],
    [
      'a name that no job has',
      [status(build, 'success'), status(check, 'success')],
      { wanted: { file: 'ci.yml', job: 'deploy' } },
      'failure',
      /no job "deploy"/,
    ],
    [
      'the name as it is shown',
      [status(build, 'success'), status(check, 'success')],
      { wanted: { file: 'ci.yml', job: 'build' } },
      'success',
      /1 of 1/,
    ],
    [
      'a name known by its start alone',
      [status('G / x (push)', 'success')],
      { expected: [{ job: 't', event: 'push', prefix: 'G / ' }] },
      'success',
      /1 of 1/,
    ],
    [
      'such a name for another event',
      [status('G / x (schedule)', 'success')],
      { expected: [{ job: 't', event: 'push', prefix: 'G / ' }] },
      null,
      /./,
    ],
  ];
  for (const [name, statuses, more, state, why] of rows) {
    test(`${name}: ${state ?? 'no state'}`, () => {
      const found = decideStatusState(facts(statuses, more));
      assert.equal(found?.state ?? null, state);
      if (found) assert.match(found.why, why);
    });
  }

  test('of two events the worse one counts', () => {
    const both = [...expected, { job: 'build', event: 'pull_request', context: 'CI / build (pull_request)' }];
    const green = [status(build, 'success'), status(check, 'success')];
    const red = status('CI / build (pull_request)', 'failure');
    assert.equal(decideStatusState(facts([...green, red], { expected: both }))?.state, 'failure');
    assert.equal(decideStatusState(facts(green, { expected: both }))?.state, 'success');
  });

  test('success needs every context there, green, and one that ran', () => {
    const anyStatus = fc.record({
      context: fc.constantFrom(build, check, 'Other / x (push)'),
      state: fc.constantFrom('success', 'failure', 'pending', 'skipped', 'error', 'odd'),
      description: fc.constantFrom('', 'Has been skipped'),
      byServer: fc.boolean(),
    });
    const oneEach = fc.uniqueArray(anyStatus, { selector: ({ context }) => context });
    fc.assert(
      fc.property(oneEach, fc.boolean(), (list, movedOn) => {
        const found = decideStatusState(
          facts(
            list.map((one) => status(one.context, one.state, one)),
            { movedOn },
          ),
        );
        const own = list.filter(({ context, byServer }) => byServer && [build, check].includes(context));
        const ran = own.filter((one) => one.state === 'success' && one.description === '');
        const green = own.every(({ state }) => ['success', 'skipped'].includes(state));
        assert.equal(found?.state === 'success', own.length === 2 && green && ran.length > 0);
      }),
    );
  });
});

describe('why a workflow has no run', () => {
  const read = (on: string) =>
    readWorkflowText(
      {
        file: 'ci.yml',
        path: '.github/workflows/ci.yml',
        text: `name: CI\non:\n${on}jobs:\n  b:\n    runs-on: x\n    steps: [{run: echo}]\n`,
      },
      'github',
    );
  const onMain = read('  push:\n    branches: [main]\n');
  const onSource = read('  push:\n    branches: [main]\n    paths: ["src/**"]\n');
  const onPull = read('  pull_request:\n');
  const onBoth = read('  push:\n    paths: ["src/**"]\n  pull_request:\n');
  const byHand = read('  workflow_dispatch:\n');
  const push = { ref: 'refs/heads/main', before: null, after: sha, byJobToken: false, by: 'ada' };
  const facts = (more: Partial<AbsenceFacts>): AbsenceFacts => ({
    reading: onSource,
    events: ['push'],
    profile: 'github',
    sha,
    push: { kind: 'tip', push },
    changes: { files: ['src/a.ts'], complete: true },
    ...more,
  });
  const rows: [string, Partial<AbsenceFacts>, State, boolean | undefined][] = [
    ['its paths take the push', {}, 'missing', undefined],
    ['its paths exclude it', { changes: { files: ['docs/a.md'], complete: true } }, 'filtered', undefined],
    [
      'the list was cut, and no file of it counts',
      { changes: { files: ['docs/a.md'], complete: false, why: 'cut' } },
      'unknown',
      undefined,
    ],
    [
      'the list was cut, but one file of it counts',
      { changes: { files: ['src/a.ts'], complete: false } },
      'missing',
      undefined,
    ],
    ['the changes were not read', { changes: null }, 'unknown', undefined],
    [
      "a job's own token pushed it",
      { push: { kind: 'tip', push: { ...push, byJobToken: true } } },
      'missing',
      true,
    ],
    ['the push is not recorded', { push: { kind: 'unrecorded', why: 'none' } }, 'unknown', undefined],
    [
      'it lies inside a push',
      { push: { kind: 'inside', push: { ...push, after: 'b'.repeat(40) } } },
      'missing',
      true,
    ],
    [
      'another event of it was due',
      { reading: onBoth, events: ['any'], changes: { files: ['docs/a.md'], complete: true } },
      'missing',
      undefined,
    ],
  ];
  for (const [name, more, state, certain] of rows) {
    test(`${name}: ${state}`, () => {
      const absence = decideAbsence(facts(more));
      assert.deepEqual([absence.state, absence.certain], [state, certain], absence.why);
    });
  }

  test('the file and the branch alone can decide', () => {
    const decide = (reading: typeof onMain, events: string[], ref: string | null) =>
      decideWithoutPush(reading, { events, profile: 'github', ref })?.state ?? null;
    assert.equal(decide(onMain, ['push'], 'refs/heads/topic'), 'filtered');
    assert.equal(decide(onMain, ['push'], 'refs/heads/main'), null);
    assert.equal(decide(onMain, ['push'], null), null);
    assert.equal(decide(onSource, ['push'], 'refs/heads/main'), null);
    assert.equal(decide(onPull, ['push'], 'refs/heads/main'), 'filtered');
    assert.equal(decide(onPull, ['any'], 'refs/heads/main'), null);
    assert.equal(decide(byHand, ['any'], 'refs/heads/main'), 'missing');
    assert.equal(decide(byHand, ['workflow_dispatch'], 'refs/heads/main'), 'missing');
    assert.equal(decide(byHand, ['push'], 'refs/heads/main'), 'filtered');
  });

  test('changes matter only where a path filter is left to decide', () => {
    assert.equal(needsChanges(onSource, 'refs/heads/main', 'github'), true);
    assert.equal(needsChanges(onSource, 'refs/heads/topic', 'github'), false);
    assert.equal(needsChanges(onMain, 'refs/heads/main', 'github'), false);
  });

  test('what is not YAML is dropped by its server', () => {
    const reading = readWorkflowText(
      { file: 'x.yml', path: '.github/workflows/x.yml', text: 'on: [push\njobs: {' },
      'github',
    );
    assert.notEqual(reading.drop, null);
    assert.deepEqual(reading.expected(['any']), []);
    assert.equal(
      decideWithoutPush(reading, { events: ['push'], profile: 'github', ref: null })?.state,
      'missing',
    );
  });
});
