import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startWorld } from './support/world.mjs';

type Row = [name: string, args: string[], message: RegExp, more?: Record<string, string>];

const sha = 'a'.repeat(40);
const twice = (name: string, value: string): string[] => [`--${name}`, value, `--${name}`, value];

/** What any script that asks a forge refuses. `good` is a call that would go on to ask. */
const common = (good: string[]): Row[] => [
  [
    'an unknown option',
    [...good, '--colour', 'red'],
    /Cannot use --colour: .* has no such option; see --help$/,
  ],
  [
    'a name that every object has',
    [...good, '--constructor=x'],
    /Cannot use --constructor: .* has no such option/,
  ],
  ['its negative', [...good, '--no-constructor'], /Cannot use --no-constructor: .* has no such option/],
  ['a short option', [...good, '-x'], /Cannot use -x: .* has no such option/],
  ['a word that stands alone', [...good, 'main'], /Cannot use "main": .* takes options only; see --help$/],
  ['a word behind --', [...good, '--', '--x'], /Cannot use "--x": .* takes options only/],
  [
    'a short SHA',
    [...good, '--sha', 'abc1234'],
    /Cannot use --sha: "abc1234" is no commit SHA; give all 40 or 64 hex digits$/,
  ],
  ['a branch for a SHA', [...good, '--sha=main'], /Cannot use --sha: "main" is no commit SHA/],
  ['no value at the end', [...good, '--sha'], /Cannot use --sha: its value is missing; give --sha SHA$/],
  ['an empty value', [...good, '--sha', ' '], /Cannot use --sha: its value is empty; give --sha SHA$/],
  [
    'one option twice',
    [...good, ...twice('sha', sha)],
    /Cannot use --sha twice: it takes one value; give it once$/,
  ],
  [
    'no commit at all',
    good,
    /Cannot run without --sha: no commit is named; give --sha SHA, or set GITHUB_SHA$/,
    { GITHUB_SHA: '' },
  ],
  ['a wrong GITHUB_SHA', good, /Cannot use GITHUB_SHA: "HEAD" is no commit SHA/, { GITHUB_SHA: 'HEAD' }],
  [
    'a repository without owner',
    [...good, '--repo', 'app'],
    /Cannot use --repo: "app" is no repository; give it as owner\/name$/,
  ],
  [
    'a repository that climbs',
    [...good, '--repo', '../app'],
    /Cannot use --repo: .* give it as owner\/name$/,
  ],
  [
    'a repository URL',
    [...good],
    /Cannot use GITHUB_REPOSITORY: .* give it as owner\/name$/,
    { GITHUB_REPOSITORY: 'https://h/o/r' },
  ],
  [
    'no repository',
    good,
    /Cannot run without --repo: .* give --repo owner\/name, or set GITHUB_REPOSITORY$/,
    { GITHUB_REPOSITORY: '' },
  ],
  [
    'an unknown forge',
    [...good, '--forge', 'gitlab'],
    /Cannot use --forge: "gitlab" is not known; give auto, github, gitea or forgejo$/,
  ],
  [
    'a switch with a value',
    [...good, '--insecure=yes'],
    /Cannot use --insecure: it is a switch and takes no value/,
  ],
  [
    'a switch variable that is neither',
    good,
    /Cannot use SWITCHYARD_INSECURE: "maybe" is neither true nor false; give true or false$/,
    { SWITCHYARD_INSECURE: 'maybe' },
  ],
  [
    'plain http',
    [...good, '--api-url', 'http://forge.example/api/v1'],
    /it is plain http, where tokens can be read; give https, or --insecure/,
  ],
  [
    'an API URL that is none',
    [...good, '--api-url', 'forge'],
    /Cannot use --api-url \(SWITCHYARD_API_URL\): "forge" is no URL; give it as https:\/\/host\/path$/,
  ],
  [
    'credentials in the API URL',
    [...good, '--api-url', 'https://u:sec-ret-1@h/api/v1'],
    /it holds credentials; give them in SWITCHYARD_TOKEN$/,
  ],
  [
    'a server address that is none',
    good,
    /Cannot use GITHUB_SERVER_URL: "forge\.example" is no URL; give it as https:\/\/host\/path$/,
    { GITHUB_SERVER_URL: 'forge.example' },
  ],
  [
    'a token for --token-env',
    [...good, '--token-env', 'ghp-123'],
    /Cannot use --token-env: it wants the NAME of a variable, not a token/,
  ],
  [
    'a token variable that is empty',
    [...good, '--token-env', 'MINE'],
    /Cannot use --token-env MINE: the variable is not set or empty/,
  ],
  [
    'a token with a line break',
    good,
    /Cannot use the token in SWITCHYARD_TOKEN: it holds characters that no token has/,
    { SWITCHYARD_TOKEN: 'sec-ret-1\nx' },
  ],
  [
    'a time-out that is no number',
    good,
    /Cannot use SWITCHYARD_HTTP_TIMEOUT_MS: "15s" is no number of milliseconds; give a whole number$/,
    { SWITCHYARD_HTTP_TIMEOUT_MS: '15s' },
  ],
  [
    'a deadline that is no number',
    good,
    /Cannot use SWITCHYARD_HTTP_DEADLINE_MS: /,
    { SWITCHYARD_HTTP_DEADLINE_MS: '-1' },
  ],
  [
    'a forge without address',
    good,
    /Cannot find the API of gitea: no URL is given; give --api-url .*, or set GITHUB_SERVER_URL$/,
    { GITHUB_API_URL: '' },
  ],
];

const scripts: [script: string, good: string[], rows: Row[]][] = [
  [
    'e2e-gate',
    ['--workflow', 'ci.yml'],
    [
      [
        'no workflow',
        [],
        /Cannot run without --workflow: .* give --workflow FILE\[=JOB\], or set GATE_WORKFLOWS$/,
      ],
      [
        'a display name',
        ['--workflow', 'My CI'],
        /Cannot use --workflow: "My CI" is no workflow file; give the file, as ci\.yml/,
      ],
      ['a file that climbs', ['--workflow', '../ci.yml'], /Cannot use --workflow: /],
      ['an absolute file', ['--workflow', '/ci.yml'], /Cannot use --workflow: /],
      ['no job behind =', ['--workflow', 'ci.yml='], /names no job; give ci\.yml=JOB, or ci\.yml alone$/],
      ['a list of nothing', [], /Cannot run without --workflow/, { GATE_WORKFLOWS: ' ,\n, ' }],
      [
        'a base that is the commit itself',
        ['--workflow', 'ci.yml', '--sha', sha.toUpperCase(), '--base', sha],
        /Cannot use --base: it is the commit itself, .* give where the push started$/,
      ],
      [
        'a display name in the list',
        [],
        /Cannot use GATE_WORKFLOWS: "CI" is no workflow file/,
        { GATE_WORKFLOWS: 'CI' },
      ],
      [
        'an event that is none',
        ['--workflow', 'ci.yml', '--event', 'Push!'],
        /Cannot use --event: "Push!" is no event; give push/,
      ],
      [
        'an event that no forge has',
        ['--workflow', 'ci.yml', '--event', 'pull_requests'],
        /Cannot use --event: "pull_requests" is no event; give push/,
      ],
      [
        'an event that no forge has, in the list',
        ['--workflow', 'ci.yml'],
        /Cannot use GATE_EVENTS: "pus" is no event; give push/,
        { GATE_EVENTS: 'push,pus' },
      ],
      [
        'a tag for a branch',
        ['--workflow', 'ci.yml', '--branch', 'refs/tags/v1'],
        /Cannot use --branch: "refs\/tags\/v1" is no branch; give its name, as main$/,
      ],
      [
        'a branch with a blank in it',
        ['--workflow', 'ci.yml'],
        /Cannot use GATE_BRANCH: "main staging" is no branch/,
        { GATE_BRANCH: 'main staging' },
      ],
      [
        'an unknown policy',
        ['--workflow', 'ci.yml', '--absent', 'maybe'],
        /Cannot use --absent: "maybe" is not known; give auto, go, defer or refuse$/,
      ],
      [
        'a duration without unit',
        ['--workflow', 'ci.yml', '--wait', '60'],
        /Cannot use --wait: "60" is no duration; give it as 500ms, 60s, 15m, 1h or 2d$/,
      ],
      [
        'a duration below zero',
        ['--workflow', 'ci.yml', '--poll=-1s'],
        /Cannot use --poll: "-1s" is no duration/,
      ],
      [
        'a pause of no time',
        ['--workflow', 'ci.yml', '--wait', '1m', '--poll', '0s'],
        /Cannot use --poll: "0s" is no time at all; give more, as 500ms or 15s$/,
      ],
      [
        'a pause of no time in its variable',
        ['--workflow', 'ci.yml'],
        /Cannot use GATE_POLL: "0ms" is no time at all/,
        { GATE_POLL: '0ms' },
      ],
      [
        'a branch that git would not make',
        ['--workflow', 'ci.yml', '--branch', 'a.lock/b'],
        /Cannot use --branch: "a\.lock\/b" is no branch; give its name, as main$/,
      ],
      [
        'a duration in its variable',
        ['--workflow', 'ci.yml'],
        /Cannot use GATE_ABSENT_GRACE: "1 min" is no duration/,
        { GATE_ABSENT_GRACE: '1 min' },
      ],
      [
        'a base that is no SHA',
        ['--workflow', 'ci.yml', '--base', 'main'],
        /Cannot use --base: "main" is no commit SHA/,
      ],
      [
        'a code too high',
        ['--workflow', 'ci.yml', '--defer-code', '256'],
        /Cannot use --defer-code: "256" is not allowed; give a whole number from 0 to 255$/,
      ],
    ],
  ],
  [
    'ancestry',
    ['--current', 'b'.repeat(40)],
    [
      [
        'a current commit that is none',
        ['--current', 'latest'],
        /Cannot use --current: "latest" is no commit SHA/,
      ],
      [
        'an unknown way',
        ['--current', sha, '--via', 'ssh'],
        /Cannot use --via: "ssh" is not known; give api or git$/,
      ],
      [
        'git to a server on plain http',
        ['--current', 'b'.repeat(40), '--via', 'git'],
        /Cannot use GITHUB_SERVER_URL: http:\/\/forge\.example: it is plain http, where tokens can be read/,
        { GITHUB_SERVER_URL: 'http://forge.example' },
      ],
      [
        'an unknown rule',
        ['--current', sha, '--on-unlabelled', 'no'],
        /Cannot use --on-unlabelled: "no" is not known; give allow or refuse$/,
      ],
      [
        '--dry-run, which it has not',
        ['--current', sha, '--dry-run'],
        /Cannot use --dry-run: ancestry has no such option/,
      ],
    ],
  ],
  [
    'prod-auto-deploy',
    ['check-superseded'],
    [
      ['no subcommand', [], /no subcommand is given; give one of plan, rollout, verify, check-superseded$/],
      ['an option before it', ['--sha', sha], /no subcommand is given; give one of plan/],
      ['an unknown subcommand', ['deploy'], /there is no subcommand "deploy"; give one of plan/],
      [
        'verify without tenants',
        ['verify'],
        /Cannot verify without tenants: .* give --tenant SLUG=URL, --tenants-file or --tenants-url/,
      ],
      [
        'a tenant without URL',
        ['verify', '--tenant', 'a'],
        /Cannot use --tenant: "a" is no tenant; give it as SLUG=https:\/\/host$/,
      ],
      [
        'a tenant without slug',
        ['verify', '--tenant', '=https://h'],
        /Cannot use --tenant: "=https:\/\/h" is no tenant/,
      ],
      [
        'a tenant over plain http',
        ['verify', '--tenant', 'a=http://h.example'],
        /Cannot use the address of the tenant a: http:\/\/h\.example: it is plain http/,
      ],
      [
        'a tenant twice',
        ['verify'],
        /Cannot use the tenant list: "a" stands in it twice; leave one out$/,
        { DEPLOY_TENANTS: 'a=https://h,a=https://i' },
      ],
      [
        'a shard from zero',
        ['verify', '--tenant', 'a=https://h', '--shard', '0/4'],
        /Cannot use --shard: "0\/4" is no shard; give it as I\/N with I from 1 to N, as 1\/4$/,
      ],
      [
        'a shard past the last',
        ['verify', '--tenant', 'a=https://h'],
        /Cannot use DEPLOY_SHARD: "5\/4" is no shard/,
        { DEPLOY_SHARD: '5/4' },
      ],
      [
        'no hits',
        ['verify', '--tenant', 'a=https://h', '--hits', '0'],
        /Cannot use --hits: "0" is not allowed; give a whole number from 1 to 100$/,
      ],
      [
        'a pause of no time',
        ['verify', '--tenant', 'a=https://h', '--poll', '0s'],
        /Cannot use --poll: "0s" is no time at all; give more, as 500ms or 15s$/,
      ],
      [
        'no time for the call',
        ['rollout', '--timeout', '0s'],
        /Cannot use --timeout: "0s" is no time at all/,
        { DEPLOY_CP_URL: 'https://cp.example', DEPLOY_ADMIN_TOKEN: 'sec-ret-1' },
      ],
      [
        'a branch that can be none',
        ['check-superseded'],
        /Cannot use DEPLOY_BRANCH: "main staging" is no branch; give its name, as main$/,
        { DEPLOY_BRANCH: 'main staging' },
      ],
      [
        'more than all unreachable',
        ['verify', '--tenant', 'a=https://h', '--max-unreachable', '101%'],
        /Cannot use --max-unreachable: "101%" is no limit; give a number, or a share as 10%$/,
      ],
      [
        'rollout without settings',
        ['rollout'],
        /DEPLOY_CP_URL and DEPLOY_ADMIN_TOKEN not set; set what is missing/,
      ],
      [
        'rollout over plain http',
        ['rollout'],
        /Cannot use --cp-url \(DEPLOY_CP_URL\): http:\/\/cp\.example: it is plain http/,
        { DEPLOY_CP_URL: 'http://cp.example', DEPLOY_ADMIN_TOKEN: 'sec-ret-1' },
      ],
      [
        'an admin token with a line break',
        ['rollout'],
        /Cannot use DEPLOY_ADMIN_TOKEN: it holds characters that no token has/,
        { DEPLOY_CP_URL: 'https://cp.example', DEPLOY_ADMIN_TOKEN: 'sec-ret-1\nx' },
      ],
      [
        'an admin token with a carriage return, for the list alone',
        ['verify', '--tenants-url', 'https://h.example'],
        /Cannot use DEPLOY_ADMIN_TOKEN: it holds characters that no token has/,
        { DEPLOY_ADMIN_TOKEN: 'sec-ret-1\rx' },
      ],
      [
        'a tag that is none',
        ['rollout'],
        /Cannot use --target-tag: "a b" is no image tag/,
        { DEPLOY_CP_URL: 'https://cp.example', DEPLOY_ADMIN_TOKEN: 'sec-ret-1', DEPLOY_TARGET_TAG: 'a b' },
      ],
      [
        'a batch of none',
        ['rollout', '--batch-size', '0'],
        /Cannot use --batch-size: "0" is not allowed; give a whole number from 1 to 1000$/,
      ],
      [
        'a plan with a wrong address',
        ['plan'],
        /Cannot use --cp-url \(DEPLOY_CP_URL\): "cp" is no URL/,
        { DEPLOY_CP_URL: 'cp' },
      ],
    ],
  ],
];

for (const [script, good, rows] of scripts) {
  describe(`${script}: a wrong call ends with 2 and one line, before any request`, async () => {
    const { forge, token } = await startWorld('gitea-1.25.4');
    after(() => forge.close());
    for (const [name, args, message, more] of [...rows, ...common(good)]) {
      test(name, async () => {
        const env = { ...jobEnvironment(forge, { token, sha }), ...more };
        const result = await runScript(script, args, { env });
        assert.equal(result.code, 2, result.stdout + result.stderr);
        assert.equal(result.stdout, '');
        const [line, ...rest] = result.stderr.trimEnd().split('\n');
        assert.deepEqual(rest, []);
        assert.match(line as string, /^error: Cannot /);
        assert.match(line as string, message);
        assert.doesNotMatch(line as string, /sec-ret-1/);
        assert.deepEqual(forge.calls, []);
      });
    }
  });
}

describe('a wrong call in a runner', () => {
  test('is an annotation, outputs and a summary all the same', async () => {
    const result = await runScript('ancestry', ['--current', 'x', '--record', 'r.json'], { runner: true });
    assert.equal(result.code, 2);
    assert.match(result.stdout, /^::error::Cannot use --current: [^\n]*\n$/);
    assert.deepEqual([result.outputs['decision'], result.outputs['proceed']], ['unknown', 'false']);
    assert.match(result.summary, /❌ ancestry: unknown/);
  });

  test('--json prints the record as the only line all the same', async () => {
    const result = await runScript('ancestry', ['--json', '--current', 'x']);
    assert.equal(result.code, 2);
    assert.equal(result.stdout.trim().split('\n').length, 1);
    assert.equal(result.record.decision, 'unknown');
  });
});
