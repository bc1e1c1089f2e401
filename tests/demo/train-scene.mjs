import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startIncident } from '../support/train-world.mjs';

export const title = 'Seven hours and nine commits behind, and nothing is red';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const world = await startIncident('github');
  stage.onClose(async () => void (await world.close()));
  stage.secrets.push(world.token);
  const { config } = world;
  stage.say(
    'This one happened. Production pulls :latest. The job that moves the tag waits for e2e.yml, whose path filter is ' +
      'narrower than that of publish.yml: nine pushes to main built images, e2e.yml ran for none of them, and a ' +
      'workflow that never runs is never red. train-status looks at what is, not at runs.',
  );
  writeFileSync(join(stage.folder, 'train.json'), JSON.stringify(config, null, 2));
  const env = {
    SWITCHYARD_FORGE: 'github',
    GITEA_ACTIONS: '',
    GITHUB_API_URL: world.forge.apiUrl,
    SWITCHYARD_TOKEN: world.token,
  };
  const args = ['--config', 'train.json'];
  const result = await stage.run('train-status', args, env);
  stage.bash('every badge is green; somebody notices in the evening.');
  stage.decides(result, {
    what: 'the hop that is stuck is named, with its cause and what to type',
    code: 1,
    outputs: { decision: 'stalled', proceed: 'false' },
    says: [
      /main→\S+:latest +stalled +9 commits +7 h 12 min/,
      /e2e\.yml never ran/,
      /next: +gh workflow run e2e\.yml/,
    ],
  });
  const page = await stage.run('train-status', [...args, '--format', 'html', '--out', 'train.html'], env);
  const drawn = readFileSync(join(stage.folder, 'train.html'), 'utf8');
  stage.decides(page, {
    what: 'the same as a page for the wall and the phone, without script or request',
    code: 1,
    outputs: { decision: 'stalled' },
  });
  stage.expect(!/<script|src=|@import|url\(/.test(drawn), 'the page asks for nothing');
}
