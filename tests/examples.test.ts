import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { runScript } from './support/run-script.mjs';
import { IMAGES, TEMPLATES, startReleaseWorld } from './support/release-world.mjs';
import { withoutGit } from './support/tools.mjs';
import { runWorkflow } from './support/workflow-job.mjs';

const examples = new URL('../docs/examples/', import.meta.url);
const bundles = process.env['SWITCHYARD_TEST_BUNDLES'] ?? new URL('../vendor', import.meta.url).pathname;
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
    const { forge, repo, registry, fleet, plane, checkout, home } = world;
    after(() => world.close());
    await runScript('vendor-sync', ['add', '--from', new URL('..', import.meta.url).pathname], {
      cwd: checkout,
    });

    test('each has its place in the story', () => {
      assert.deepEqual(readdirSync(folder).sort(), story.map(({ file }) => file).sort());
    });

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
          env: { ...makeEnvironment({ sha, branch, event }), PATH: process.env['PATH'] as string },
          known: makeKnown(),
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

    /** What the recorded runner of Gitea sets; GitHub's sets the same names without Gitea's own. */
    function makeEnvironment({ sha, branch, event }: { sha: string; branch: string; event: string }) {
      const recorded: Record<string, string> = JSON.parse(
        readFileSync(new URL('./testdata/gitea-job-environment.json', import.meta.url), 'utf8'),
      );
      const payload = join(world.folder, 'event.json');
      writeFileSync(payload, JSON.stringify(makePayload(sha, branch, event)));
      const isTag = !repo.branches.has(branch);
      const fixed: Record<string, string> = {
        GITHUB_REPOSITORY: 'acme/app',
        GITHUB_SHA: event === 'workflow_run' ? (repo.branches.get('main') as string) : sha,
        GITHUB_REF: `refs/${isTag ? 'tags' : 'heads'}/${branch}`,
        GITHUB_REF_NAME: branch,
        GITHUB_REF_TYPE: isTag ? 'tag' : 'branch',
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: payload,
        GITHUB_API_URL: forge.apiUrl,
        GITHUB_STEP_SUMMARY: join(world.folder, 'summary.md'),
        SWITCHYARD_HTTP_RETRY_MS: '1',
        GITHUB_ACTIONS: 'true',
      };
      const isOfRunner = ([name]: [string, string]): boolean =>
        side === 'gitea' || !/^GITEA_|^ACTIONS_/.test(name);
      const filled = Object.entries(recorded)
        .filter(isOfRunner)
        .map(([name, value]) => [
          name,
          value.replace('http://gitea.example', forge.url).replace('<runner>', world.folder),
        ]);
      return { ...Object.fromEntries(filled), ...fixed };
    }

    function makePayload(sha: string, branch: string, event: string) {
      if (event !== 'workflow_run') return { ref: `refs/heads/${branch}`, after: sha };
      const run = { head_sha: sha, head_branch: branch, path: `${home}/workflows/e2e.yml`, event: 'push' };
      const repository = { full_name: 'acme/app', id: 1 };
      const state = { status: 'completed', conclusion: 'success', head_repository: repository };
      return { workflow_run: { ...run, ...state }, repository };
    }

    function makeKnown(): Record<string, string> {
      const names = IMAGES.map((name) => `${registry.host}/${name}`);
      return {
        'github.token': world.token,
        'github.actor': 'ci',
        'secrets.RELEASE_TOKEN': world.token,
        'secrets.SYNC_TOKEN': world.token,
        'secrets.CASCADE_TOKEN': world.token,
        'secrets.REGISTRY_PASSWORD': world.password,
        'secrets.DEPLOY_ADMIN_TOKEN': 'admin-token',
        'vars.REGISTRY_USERNAME': 'ci',
        'vars.AUTO_PROMOTE_ENABLED': 'true',
        'vars.PROMOTE_HOLD': '',
        'vars.PROMOTE_IMAGES': names.join(' '),
        'vars.SERVED_IMAGES': names.map((name) => `${name}:latest`).join(' '),
        'vars.DEPLOY_CP_URL': plane.url,
        'vars.DEPLOY_TENANTS_URL': `${plane.url}/cp/admin/tenants`,
        'vars.DEPLOY_CANARY': 'lisbon',
      };
    }
  });
}

describe('docs/from-bash.md', () => {
  const text = readFileSync(new URL('../docs/from-bash.md', import.meta.url), 'utf8');

  test('has eleven snippets, each with the line that replaces it', () => {
    const sections = text.split(/^## \d+\. /m).slice(1);
    assert.equal(sections.length, 11);
    for (const section of sections) assert.match(section, /^node vendor\/[\w-]+\.mjs/m);
  });

  for (const [line, name] of text.matchAll(/^node vendor\/([\w-]+)\.mjs.*$/gm)) {
    test(`its options exist: ${line}`, () => {
      const help = spawnSync(process.execPath, [join(bundles, `${name}.mjs`), '--help'], {
        encoding: 'utf8',
      });
      for (const [option] of line.matchAll(/--[a-z-]+/g))
        assert.match(help.stdout, new RegExp(`^  ${option}\\b`, 'm'));
    });
  }
});
