import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { parseDuration } from '../lib/duration.ts';
import { makeEnvironment, makeKnown, readManual, readWords } from './support/example-job.mjs';
import { runScript } from './support/run-script.mjs';
import { IMAGES, TEMPLATES, startReleaseWorld } from './support/release-world.mjs';
import { withoutGit } from './support/tools.mjs';
import { runWorkflow } from './support/workflow-job.mjs';

const examples = new URL('../docs/examples/', import.meta.url);
const sides = [
  ['gitea', 'gitea-1.22.6'],
  ['github', 'github'],
] as const;

/** In the order of the story, with what the last of its steps decides; a branch stands for the commit it is on. */
const story: { file: string; branch: string; decisions: string[] }[] = [
  { file: 'gates.yml', branch: 'main', decisions: ['clean', 'in-sync', 'in-sync'] },
  { file: 'auto-promote.yml', branch: 'staging', decisions: ['promoted'] },
  { file: 'promote.yml', branch: 'main', decisions: ['go', 'ahead', 'promoted', 'ready', 'rolled', 'go'] },
  { file: 'sync-branch.yml', branch: 'main', decisions: ['fast-forwarded'] },
  { file: 'cascade.yml', branch: 'runtime-v0.1.7', decisions: ['complete'] },
  { file: 'build-on-cascade.yml', branch: 'main', decisions: ['resolved', ''] },
  { file: 'train-status.yml', branch: 'main', decisions: ['current'] },
];

for (const [side, flavour] of sides) {
  describe(`the examples for ${side}, as a runner runs them`, async () => {
    const folder = new URL(`${side}/`, examples);
    const world = await startReleaseWorld(flavour);
    const { forge, repo, registry, fleet, plane, checkout } = world;
    after(() => world.close());
    await runScript('vendor-sync', ['add', '--from', new URL('..', import.meta.url).pathname], {
      cwd: checkout,
    });

    test('each has its place in the story', () => {
      const files = readdirSync(folder).sort();
      assert.deepEqual(files, story.map(({ file }) => file).sort());
      assert.deepEqual(files, [...readManual('file').keys()].sort());
    });

    for (const [file, [scripts, secrets, variables]] of readManual('file')) {
      test(`docs/examples/README.md names what ${file} needs`, () => {
        const text = readFileSync(new URL(file, folder), 'utf8');
        const listNames = (pattern: RegExp) => [
          ...new Set([...text.matchAll(pattern)].map(([, name]) => name)),
        ];
        const of = (cell?: string) => readWords(side === 'gitea' ? cell : cell?.replace(/Gitea:.*/, ''));
        assert.deepEqual(readWords(scripts), listNames(/node vendor\/([\w-]+)\.mjs/g));
        assert.deepEqual(of(secrets).sort(), listNames(/\bsecrets\.(\w+)/g).sort());
        assert.deepEqual(of(variables).sort(), listNames(/\bvars\.(\w+)/g).sort());
      });
    }

    test('our linter finds nothing in them, not even a warning', () => {
      const linter = join(checkout, 'vendor/lint-workflow-yaml.mjs');
      const result = spawnSync(process.execPath, [linter, '--strict'], { cwd: checkout, encoding: 'utf8' });
      assert.equal(result.status, 0, result.stdout + result.stderr);
      assert.match(result.stdout, /^\d+ files, 0 errors, 0 warnings$/m);
    });

    for (const { file, branch, decisions } of story) {
      // Gitea has no API that merges branches.
      const skip = side === 'gitea' && file === 'sync-branch.yml' && withoutGit;
      test(`${file}: ${decisions.filter(Boolean).join(', ')}`, { skip }, async () => {
        const text = readFileSync(new URL(file, folder), 'utf8');
        const sha = repo.branches.get(branch) ?? (repo.branches.get('main') as string);
        const workflow = parse(text);
        const event = Object.keys(workflow.on)[0] as string;
        const ran = await runWorkflow(workflow, {
          cwd: checkout,
          env: makeEnvironment(world, side, { sha, branch, event }),
          known: makeKnown(world, side),
          grant: world.grant,
        });
        const shown = ran.map(({ run, code, output }) => `$ ${run}\nexit ${code}\n${output}`).join('\n');
        assert.ok(
          ran.every(({ code }) => code === 0),
          shown,
        );
        assert.deepEqual(
          ran.map(({ outputs }) => outputs['decision'] ?? ''),
          decisions,
          shown,
        );
        for (const secret of [world.token, world.password, 'admin-token']) assert.ok(!shown.includes(secret));
        assert.deepEqual(forge.unexpected, []);
      });
    }

    test('what the story left behind', { skip: side === 'gitea' && withoutGit }, () => {
      const main = repo.branches.get('main') as string;
      assert.equal(repo.branches.get('staging'), main);
      for (const name of IMAGES)
        assert.equal(registry.digest(name, 'latest'), registry.digest(name, `staging-${main.slice(0, 7)}`));
      for (const tenant of fleet.tenants.values()) assert.ok(main.startsWith(tenant.sha));
      assert.equal(plane.requests.filter(({ method }) => method === 'POST').length, 1);
      for (const name of TEMPLATES) {
        const template = forge.repo(name);
        const head = template.branches.get('main') as string;
        assert.equal(template.readFile(head, '.runtime-version')?.toString(), '0.1.7\n');
      }
    });
  });
}

describe('the schedules for Gitea, which cancels a run when the next one of its schedule begins', () => {
  const unsaid = [
    [/prod-auto-deploy\.mjs rollout/, '--timeout', '20m'],
    [/prod-auto-deploy\.mjs verify/, '--wait', '10m'],
    [/auto-promote\.mjs/, '--wait', '30m'],
  ] as const;
  const folder = new URL('gitea/', examples);
  for (const file of readdirSync(folder)) {
    const { on, jobs } = parse(readFileSync(new URL(file, folder), 'utf8'));
    const every = /^\*\/(\d+) \* \* \* \*$/.exec(on.schedule?.[0].cron ?? '')?.[1];
    if (every === undefined) continue;
    test(`${file}: what its steps may wait for leaves a third of ${every} minutes free`, () => {
      const steps = Object.values<{ steps: { run?: string }[] }>(jobs).flatMap((job) => job.steps);
      const lines = steps.flatMap(({ run }) => run?.split('\n') ?? []);
      const waits = lines.map((line) => {
        const [, option, none] = unsaid.find(([command]) => command.test(line)) ?? [];
        const said = [...line.matchAll(/--(?:gate-)?(?:wait|timeout) (\S+)/g)].map(([, value]) => value);
        const all = option && !line.includes(option) ? [...said, none] : said;
        return all.map((value) => parseDuration(value as string) ?? Infinity);
      });
      const sum = waits.flat().reduce((total, ms) => total + ms, 0);
      assert.ok(sum > 0 && sum <= (Number(every) * 60_000 * 2) / 3, `${sum / 60_000} of ${every} minutes`);
    });
  }
});
