import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const title = 'A tenant still runs the old code, and is named';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const { tenants } = stage;
  for (const tenant of tenants.values()) tenant.sha = stage.commit('B');
  const lisbon = tenants.get('lisbon');
  if (!lisbon) throw new Error('Cannot find the tenant lisbon');
  lisbon.sha = stage.commit('A');
  writeFileSync(join(stage.folder, 'tenants.json'), JSON.stringify(stage.fleet.list));
  stage.say(
    `The fleet was rolled to ${stage.name('B')}, and the control plane said "ok" for all three tenants. But in ` +
      `lisbon the container did not restart: it is healthy, and still serves ${stage.name('A')}.`,
  );
  const args = ['verify', '--tenants-file', 'tenants.json', '--wait', '0s', '--sha', stage.commit('B')];
  const stale = await stage.run('prod-auto-deploy', args);
  stage.bash('`curl -fsS https://lisbon…/healthz` answers 200: the rollout was reported as done.');
  stage.decides(stale, {
    what: 'the rollout is not done: lisbon is named, with what it serves',
    code: 1,
    outputs: { decision: 'stale', proceed: 'false' },
    says: new RegExp(`lisbon is stale: actual=${stage.commit('A')}, expected=${stage.commit('B')}`),
  });

  lisbon.sha = stage.commit('B');
  stage.say('Somebody restarts lisbon, and the job is run again:');
  const done = await stage.run('prod-auto-deploy', args);
  stage.decides(done, {
    what: 'every tenant serves B, each seen twice',
    code: 0,
    outputs: { decision: 'go', proceed: 'true' },
  });
}
