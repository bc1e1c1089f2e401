import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkflowState } from '../lib/gate/state.ts';
import {
  decideTrain,
  formatAge,
  formatCount,
  formatHopAge,
  isWithin,
  startHop,
  type Hop,
} from '../lib/train/hop.ts';
import { renderHtml } from '../lib/train/html.ts';
import { matchesAny } from '../lib/train/ignore.ts';
import { decideIssue } from '../lib/train/issue.ts';
import { renderMarkdown } from '../lib/train/markdown.ts';
import { foldFans } from '../lib/train/station-layout.ts';
import { shellCommand } from '../lib/shell-command.ts';
import { renderText } from '../lib/train/text.ts';
import { countNewer, orderVersions } from '../lib/train/version-hops.ts';
import { readNews } from '../lib/train/workflow-cause.ts';
import { sampleTrain } from './support/sample-train.ts';

const home = { repo: 'o/r', context: { serverUrl: 'https://github.com' } };
const at = { sha: 'a'.repeat(40), branch: 'main' };
const state = (
  name: WorkflowState['state'],
  why: string,
  more: Partial<WorkflowState> = {},
): WorkflowState => ({
  wanted: { file: 'ci.yml', job: null },
  state: name,
  why,
  ...more,
});

describe('what a workflow says about a hop that does not move', () => {
  const url = 'https://github.com/o/r/actions/runs/77';
  const rows: [string, WorkflowState[], RegExp | null, RegExp | null][] = [
    ['green says nothing', [state('success', 'ok')], null, null],
    [
      'red',
      [state('failure', 'run 77 ended as failure', { url })],
      /ci\.yml is red/,
      /gh run rerun 77 --repo o\/r/,
    ],
    ['red without a run', [state('failure', 'x')], /is red/, /open the Actions page/],
    [
      'no job',
      [state('failure', 'ended as success, but it had no job')],
      /ran with no jobs/,
      /gh workflow run ci\.yml/,
    ],
    [
      'cancelled',
      [state('failure', 'was cancelled, and no newer run takes its place', { url })],
      /cancelled by a newer push/,
      /rerun 77/,
    ],
    ['approval', [state('running', 'waits for an approval', { url })], /waits for approval/, /approve it/],
    [
      'action required',
      [state('failure', 'run 1 ended as action_required')],
      /waits for approval/,
      /approve/,
    ],
    [
      'never ran',
      [state('missing', 'no run', { next: ['gh workflow run ci.yml, then gate with --x'] })],
      /never ran at aaaaaaa, though/,
      /^gh workflow run ci\.yml$/,
    ],
    [
      'token',
      [state('missing', "a push with a job's own token starts nothing", { certain: true })],
      /token suppressed the push run/,
      /gh workflow run/,
    ],
    [
      'filtered',
      [state('filtered', 'paths exclude it')],
      /never ran at aaaaaaa: paths exclude it/,
      /gh workflow run/,
    ],
    ['unknown', [state('unknown', 'no word')], /could not be told/, /open/],
    [
      'a person before red',
      [state('failure', 'red'), state('running', 'waits for an approval')],
      /waits for approval/,
      /approve/,
    ],
    ['red before never', [state('missing', 'no run'), state('failure', 'red')], /is red/, /open/],
  ];
  for (const [name, states, cause, next] of rows) {
    test(name, () => {
      const news = readNews(states, { kind: 'github', ...home }, at);
      if (cause === null) assert.equal(news.cause, null);
      else assert.match(news.cause ?? '', cause);
      if (next !== null) assert.match(news.next ?? '', next);
    });
  }

  test('a run that waits for a person does not move, one that runs does', () => {
    const forge = { kind: 'gitea', ...home } as const;
    assert.deepEqual(readNews([state('running', 'is queued')], forge, at), {
      isMoving: true,
      waits: false,
      cause: null,
      next: null,
    });
    const waits = readNews(
      [state('running', 'is queued'), state('running', 'waits for an approval')],
      forge,
      at,
    );
    assert.deepEqual([waits.isMoving, waits.waits], [false, true]);
    assert.match(readNews([state('filtered', 'x')], forge, at).next ?? '', /git commit --allow-empty/);
  });
});

describe('hops', () => {
  const hop = (more: Partial<Hop>): Hop => ({ ...startHop('branch', 'a', 'b'), ...more });

  test('ages and counts as people read them', () => {
    const ages = [0, 45, 60, 3599, 3600, 7 * 3600 + 720, 86_400, 90_000].map(formatAge);
    assert.deepEqual(ages, ['0 s', '45 s', '1 min', '59 min', '1 h', '7 h 12 min', '1 d', '1 d 1 h']);
    assert.equal(formatCount(hop({ commits: 1 })), '1 commit');
    assert.equal(formatCount(hop({ commits: 300, atMost: true })), '≤ 300 commits');
    assert.equal(formatCount(hop({ commits: 0 })), '');
    assert.equal(formatHopAge(hop({ ageSeconds: 7200, atLeast: true })), '≥ 2 h');
  });

  test('the SLO is kept by age and by count', () => {
    const slo = { ageMs: 3_600_000, commits: 5 };
    assert.ok(isWithin(hop({ commits: 5, ageSeconds: 3600 }), slo));
    assert.ok(!isWithin(hop({ commits: 6, ageSeconds: 1 }), slo));
    assert.ok(!isWithin(hop({ commits: 1, ageSeconds: 3601 }), slo));
    assert.ok(isWithin(hop({ commits: 99, ageSeconds: 0 }), { ageMs: 1, commits: null }));
    // What is not known is no proof of being in time.
    assert.ok(!isWithin(hop({ commits: 1, ageSeconds: null }), slo));
    assert.ok(!isWithin(hop({ commits: 1, ageSeconds: 60, atLeast: true }), slo));
  });

  test('the train hangs on the first stalled hop, else on the first unknown one', () => {
    const [current, moving, stalled, unknown] = (['current', 'moving', 'stalled', 'unknown'] as const).map(
      (one) => hop({ state: one }),
    );
    assert.equal(decideTrain([unknown, moving, stalled] as Hop[]).decision, 'stalled');
    assert.equal(decideTrain([moving, unknown] as Hop[]).decision, 'unknown');
    assert.equal(decideTrain([current, moving] as Hop[]).decision, 'moving');
    assert.equal(decideTrain([current] as Hop[]).decision, 'current');
    assert.equal(decideTrain([]).decision, 'unknown');
  });

  test('the issue is opened by what is stalled, and closed by recovery alone', () => {
    const rows = (['stalled', 'unknown', 'moving', 'current'] as const).map((one) => [
      decideIssue(one, null),
      decideIssue(one, { isOpen: true }),
      decideIssue(one, { isOpen: false }),
    ]);
    assert.deepEqual(rows, [
      ['open', 'update', 'update'],
      ['nothing', 'update', 'nothing'],
      ['nothing', 'close', 'nothing'],
      ['nothing', 'close', 'nothing'],
    ]);
  });

  test('versions are ordered as versions', () => {
    assert.deepEqual(orderVersions(['1.10.0', '1.9.0', '1.10.0-rc.1']), ['1.9.0', '1.10.0-rc.1', '1.10.0']);
    const mixed = ['1.10.0', 'next', '1.9.0', 'latest'];
    assert.deepEqual(orderVersions(mixed), ['latest', 'next', '1.9.0', '1.10.0']);
    assert.equal(countNewer(orderVersions(mixed), '1.10.0'), 0);
    assert.equal(countNewer(['1.9.0', '1.10.0'], '1.9.0'), 1);
    assert.equal(countNewer(['1.9.0', '1.10.0'], '2.0.0'), 0);
    assert.equal(countNewer(['1.9.0', '1.10.0'], 'main'), 1);
  });

  test('patterns: one folder, many folders, any depth', () => {
    const rows: [string, string, boolean][] = [
      ['docs/**', 'docs/a/b.md', true],
      ['docs/**', 'src/docs/a.md', false],
      ['*.md', 'README.md', true],
      ['*.md', 'a/b/c.md', true],
      ['/*.md', 'a/b.md', false],
      ['a/*.md', 'a/b/c.md', false],
      ['a/**/c.md', 'a/c.md', true],
      ['a?.txt', 'ab.txt', true],
      ['a+b.txt', 'aab.txt', false],
      ['docs/', 'docs/a.md', true],
    ];
    for (const [pattern, path, wanted] of rows)
      assert.equal(matchesAny(path, [pattern]), wanted, `${pattern} ${path}`);
  });
});

describe('how the train is shown', () => {
  test('text adds colour to words only where it is wanted', () => {
    const plain = renderText(sampleTrain(), { hasColour: false });
    const bright = renderText(sampleTrain(), { hasColour: true });
    assert.doesNotMatch(plain, /\u001b/);
    assert.equal(bright.replace(/\u001b\[[\d;]*m/g, ''), plain);
    const many = renderText(sampleTrain({ tenants: 60 }), { hasColour: false });
    assert.match(many, /and \d+ more$/);
    for (const line of many.split('\n').filter((row) => !/next:|→/.test(row)))
      assert.ok(line.length <= 80, line);
  });

  test('a name stands whole in its line, and the cause behind it, however long the name is', () => {
    const { hops, ...report } = sampleTrain();
    const name = 'main→registry.example.org:5000/a-long-owner/a-long-image-name:latest';
    const long = {
      ...hops[0]!,
      name,
      state: 'stalled' as const,
      cause: 'red: ##[add-mask]e and much more than fits behind a name as long as this one',
    };
    const text = renderText({ ...report, hops: [long, ...hops] }, { hasColour: false });
    const line = text.split('\n').find((row) => row.startsWith(`${name}  stalled`)) ?? '';
    assert.match(line, /  red: .{10,}…$/);
  });

  test('nothing in a name or a cause gets out of its cell, its label or its tag', () => {
    const report = sampleTrain();
    const hostile = 'a"b`|<img src=x>\n::error::x ##[add-mask]e';
    const hops = report.hops.map((hop) => ({ ...hop, cause: hostile, next: hostile }));
    const markdown = renderMarkdown({ ...report, hops });
    assert.doesNotMatch(markdown.replace(/^```sh\n.*\n```$/gm, ''), /<img/);
    assert.doesNotMatch(renderHtml({ ...report, hops }), /<img/);
    assert.doesNotMatch(renderText({ ...report, hops }, { hasColour: false }), /^::|##\[/m);
    assert.equal(startHop('tenant', 'a', 'b\n::error::x').name, 'a→b ::error::x');
    assert.doesNotMatch(markdown, /^::error/m);
    assert.match(markdown, /flowchart LR/);
  });

  test('only a command is set as code on the page, what is to be done by hand as text', () => {
    const report = sampleTrain();
    const pageOf = (next: string): string =>
      renderHtml({ ...report, hops: report.hops.map((hop) => ({ ...hop, next })) });
    const command = pageOf('git push origin x');
    assert.match(command, /<p class="next"><span>Next<\/span><code>git push origin x<\/code><\/p>/);
    const byHand = pageOf('open https://h/o/r/pull/1 and see why <it> has not come');
    assert.doesNotMatch(byHand, /<code>/);
    const words = 'open https://h/o/r/pull/1 and see why &lt;it&gt; has not come';
    assert.ok(byHand.includes(`<p class="next"><span>Next</span><em>${words}</em></p>`));
    assert.ok(byHand.includes(`<p>Next: ${words}</p></td>`));
  });

  test('a command is shown in every format as it was meant, whatever its words hold', () => {
    const report = sampleTrain();
    const next = shellCommand('git', 'switch', 'a  b', '```', '``');
    const hops = report.hops.map((hop) => ({ ...hop, next }));
    assert.ok(renderText({ ...report, hops }, { hasColour: false }).includes(`\n  next:  ${next}\n`));
    assert.ok(renderMarkdown({ ...report, hops }).includes(`\n\`\`\`\`sh\n${next}\n\`\`\`\`\n`));
  });

  test('only a command stands in the block that is pasted into a shell', () => {
    const report = sampleTrain();
    const nextOf = (next: string): string =>
      renderMarkdown({ ...report, hops: report.hops.map((hop) => ({ ...hop, next })) });
    const command = 'gh workflow run e2e.yml --repo o/r --ref main';
    assert.ok(nextOf(command).includes(`\nNext:\n\n\`\`\`sh\n${command}\n\`\`\`\n`));
    const byHand = nextOf('open https://h/o/r/pull/1 and see why <it> has not come');
    assert.doesNotMatch(byHand, /```sh/);
    assert.match(byHand, /^Next: open https:\/\/h\/o\/r\/pull\/1 and see why &lt;it> has not come$/m);
  });

  test('a long fan is folded: the worst few, and how many more there are of each state', () => {
    const targets = (hops: readonly Hop[], kind: Hop['kind']) =>
      foldFans(hops)
        .filter((hop) => hop.kind === kind)
        .map(({ target, state }) => `${target}: ${state}`);
    assert.deepEqual(targets(sampleTrain({ tenants: 40 }).hops, 'tenant'), [
      ...['001', '005', '009', '013', '017', '021'].map((number) => `tenant-${number}: stalled`),
      '4 more stalled: stalled',
      '10 unknown: unknown',
      '10 moving: moving',
      '10 current: current',
    ]);
    const { hops: few } = sampleTrain();
    assert.deepEqual(
      foldFans(few).map(({ name }) => name),
      few.map(({ name }) => name),
    );
    const images = Array.from({ length: 20 }, (_, index) => ({
      ...startHop('image', 'main', `app-${index}:latest`),
      state: 'current' as const,
    }));
    const tenant = startHop('tenant', 'app-19:latest', 'berlin');
    assert.deepEqual(targets([...images, tenant], 'image'), [
      '19 current: current',
      'app-19:latest: current',
    ]);
  });

  test('a train too long to be read from left to right is drawn from top to bottom', () => {
    const branches = Array.from({ length: 10 }, (_, index) => `stage-${index}`);
    const hops = branches.slice(1).map((target, index) => startHop('branch', `stage-${index}`, target));
    const page = renderHtml({ repo: 'o/r', branches, hops, checkedAt: 0 });
    assert.doesNotMatch(page, /class="map wide"/);
    assert.match(page, /class="map tall only"/);
    for (const branch of branches) assert.ok(page.includes(`>${branch}</text>`), branch);
    assert.match(renderHtml(sampleTrain()), /class="map wide"[\s\S]*class="map tall"/);
  });

  test('a train of many hops is drawn in part and listed whole', () => {
    const report = sampleTrain({ tenants: 100 });
    const markdown = renderMarkdown(report);
    assert.match(markdown, /The flow shows the first 60 of 107 hops/);
    assert.equal(markdown.match(/^\| .*→/gm)?.length, 107);
  });
});
