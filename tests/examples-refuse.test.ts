import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { makeEnvironment, makeKnown } from './support/example-job.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { IMAGES, TEMPLATES, startReleaseWorld } from './support/release-world.mjs';
import { runWorkflow } from './support/workflow-job.mjs';

interface Row {
  name: string;
  /** What its expressions are worth instead. */
  known?: Record<string, string>;
  /** How the end-to-end run ended; default: it is green. */
  e2e?: 'failure' | 'running';
  fork?: boolean;
  only?: 'github' | 'gitea';
  decisions: string[];
  /** Of the last step that ran. */
  code: number;
  says?: RegExp;
}

const notGreen: Row[] = [
  { name: 'the end-to-end run is red', e2e: 'failure', decisions: ['refuse'], code: 1 },
  { name: 'the end-to-end run has not ended', e2e: 'running', decisions: ['defer'], code: 0 },
  { name: 'it is the run of a fork', fork: true, only: 'github', decisions: ['refuse'], code: 1 },
];
const lacking: Row[] = [
  { name: 'no token', known: { 'github.token': '' }, decisions: ['unknown'], code: 3, says: /set a token/ },
  {
    name: 'no images to compare with',
    known: { 'vars.SERVED_IMAGES': '' },
    decisions: ['go', 'unknown'],
    code: 2,
    says: /--image/,
  },
  {
    name: 'no images to promote',
    known: { 'vars.PROMOTE_IMAGES': '' },
    decisions: ['go', 'ahead', 'unknown'],
    code: 2,
    says: /PROMOTE_IMAGES/,
  },
  {
    name: 'no password for the registry',
    known: { 'secrets.REGISTRY_PASSWORD': '' },
    only: 'gitea',
    decisions: ['go', 'unknown'],
    code: 2,
    says: /REGISTRY_PASSWORD/,
  },
  {
    name: 'a hold',
    known: { 'vars.PROMOTE_HOLD': 'rolled back on Friday' },
    decisions: ['go', 'ahead', 'held'],
    code: 0,
    says: /rolled back on Friday/,
  },
];
const undeployed: Row[] = [
  {
    name: 'no token for the control plane',
    known: { 'secrets.DEPLOY_ADMIN_TOKEN': '' },
    decisions: ['go', 'ahead', 'promoted', 'incomplete'],
    code: 2,
    says: /DEPLOY_ADMIN_TOKEN/,
  },
  {
    name: 'no address of the control plane',
    known: { 'vars.DEPLOY_CP_URL': '' },
    decisions: ['go', 'identical', 'unchanged', 'incomplete'],
    code: 2,
    says: /DEPLOY_CP_URL/,
  },
  {
    name: 'no tenants',
    known: { 'vars.DEPLOY_TENANTS_URL': '' },
    decisions: ['go', 'identical', 'unchanged', 'incomplete'],
    code: 2,
    says: /DEPLOY_TENANTS/,
  },
];

for (const [side, flavour] of [
  ['gitea', 'gitea-1.22.6'],
  ['github', 'github'],
] as const) {
  describe(`the examples for ${side}, where they must not go on`, async () => {
    const world = await startReleaseWorld(flavour);
    const { repo, registry, plane } = world;
    after(() => world.close());
    const served = () => IMAGES.map((name) => registry.digest(name, 'latest'));
    const rollouts = () => plane.requests.filter(({ method }) => method === 'POST').length;
    const first = served();
    const sha = repo.pushCommit({ branch: 'main', message: 'next', files: { 'src/next': '1\n' }, by: 'ada' });

    const run = async (
      known: Record<string, string> = {},
      { fork = false, file = 'promote.yml', branch = 'main' } = {},
    ) => {
      const text = readFileSync(new URL(`../docs/examples/${side}/${file}`, import.meta.url), 'utf8');
      const workflow = parse(text);
      const event = Object.keys(workflow.on)[0] as string;
      const ran = await runWorkflow(workflow, {
        cwd: world.checkout,
        env: makeEnvironment(world, side, { sha, branch, event, fork }),
        known: { ...makeKnown(world, side), ...known },
        grant: (permissions) => ({ ...world.grant(permissions), ...known }),
      });
      const shown = ran.map(({ run: line, code, output }) => `$ ${line}\nexit ${code}\n${output}`).join('\n');
      return { ran, shown, decisions: ran.map(({ outputs }) => outputs['decision'] ?? '') };
    };
    const endRun = (state: 'success' | 'failure' | 'running') => {
      const status = state === 'running' ? 'in_progress' : 'completed';
      const conclusion = state === 'running' ? null : state;
      if (side === 'github')
        repo.addRun({
          file: 'e2e.yml',
          sha,
          branch: 'main',
          event: 'push',
          status,
          conclusion,
          jobs: [{ name: 'run', status, conclusion }],
        });
      else
        repo.setStatus(sha, {
          context: 'E2E / run (push)',
          status: state === 'running' ? 'pending' : state,
          description: {
            running: 'Has started running',
            failure: 'Failing after 1s',
            success: 'Successful in 1s',
          }[state],
          targetUrl: '/acme/app/actions/runs/1/jobs/0',
          creator: null,
        });
    };
    const refuses = (row: Row) =>
      test(row.name, async () => {
        if (row.e2e) endRun(row.e2e);
        const { ran, shown, decisions } = await run(row.known, { fork: row.fork ?? false });
        if (row.e2e) endRun('success');
        assert.deepEqual(decisions, row.decisions, shown);
        assert.equal(ran.at(-1)?.code, row.code, shown);
        if (row.says) assert.match(ran.at(-1)?.output ?? '', row.says);
      });
    const mine = (rows: Row[]) => rows.filter(({ only }) => only === undefined || only === side);

    describe('no tag moves, and nothing is rolled out', () => {
      for (const row of mine([...notGreen, ...lacking])) refuses(row);
      after(() => {
        assert.deepEqual(served(), first);
        assert.equal(rollouts(), 0);
      });
    });

    describe('nothing is rolled out', () => {
      for (const row of mine(undeployed)) refuses(row);
      test('the tenants cannot be listed', async () => {
        const { ran, shown } = await run({ 'vars.DEPLOY_TENANTS_URL': `${plane.url}/elsewhere` });
        assert.notEqual(ran.at(-1)?.code, 0, shown);
      });
      after(() => assert.equal(rollouts(), 0));
    });

    test('train-status.yml says why staging waits, with the rights of its job alone', async () => {
      const config = join(world.checkout, 'train.json');
      const train = JSON.parse(readFileSync(config, 'utf8'));
      writeFileSync(
        config,
        JSON.stringify({ ...train, images: [], tenants_url: undefined, slo: { commits: 0 } }),
      );
      openPull(repo, { title: 'staging to main', head: 'staging', base: 'main' });
      const { shown, decisions } = await run({}, { file: 'train-status.yml' });
      assert.deepEqual(decisions, ['stalled'], shown);
      assert.match(
        readFileSync(join(world.checkout, 'train.html'), 'utf8'),
        /PR #\d+ is open, and nobody has merged it/,
        shown,
      );
    });

    test('cascade.yml, run again for an older release, takes no repository back', async () => {
      const { ran, shown } = await run({}, { file: 'cascade.yml', branch: 'runtime-v0.1.5' });
      assert.equal(ran.at(-1)?.code, 0, shown);
      for (const name of TEMPLATES) {
        const template = world.forge.repo(name);
        const head = template.branches.get('main') as string;
        assert.equal(template.readFile(head, '.runtime-version')?.toString(), '0.1.6\n', shown);
      }
    });

    test('it rolls out once, also where it is run again', async () => {
      const once = await run();
      assert.equal(once.ran.at(-1)?.code, 0, once.shown);
      assert.equal(rollouts(), 1, once.shown);
      const again = await run();
      assert.equal(again.ran.at(-1)?.code, 0, again.shown);
      assert.deepEqual(again.decisions.slice(0, 3), ['go', 'identical', 'unchanged']);
      assert.equal(rollouts(), 1, again.shown);
    });
  });
}
