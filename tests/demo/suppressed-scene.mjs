import { JOB_TOKEN } from '../support/forge/forge.mjs';

export const title = "Commit B's tests were suppressed, and it is refused";

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const suppressed = stage.repo.pushCommit({
    branch: 'main',
    message: 'sell by weight',
    files: { 'src/price.js': 'export const price = (grams) => grams * 0.02;\n' },
    by: JOB_TOKEN,
  });
  stage.commits['B'] = suppressed;
  stage.say(
    `A release job commits new prices as ${stage.name('B')} and pushes them with its own token. Such a push ` +
      `starts no workflow, and no server says so: for B there is no end-to-end run at all, just as there was ` +
      `no Docs run for A.`,
  );
  const refused = await stage.run('e2e-gate', ['--workflow', 'e2e.yml', '--sha', suppressed]);
  stage.bash(
    '`gh run list --commit "$SHA" --jq \'.[0].conclusion // "none"\'` prints "none" here, as it does for a ' +
      'workflow that was not due, and "none" was let through: untested prices in production.',
  );
  stage.decides(refused, {
    what: 'B is refused: its run was due, and a job pushed it',
    code: 1,
    outputs: { decision: 'refuse', proceed: 'false', state: 'missing' },
    says: /a push with a job's own token starts nothing/,
  });

  const mend = /^next: (git [^#\n]*[^#\s])/m.exec(refused.stdout)?.[1] ?? '';
  stage.expect(mend.includes('--allow-empty'), 'the refusal ends with a command that starts the run');
  await mendIt(stage, mend);
  stage.commits['B'] = stage.repo.branches.get('main') ?? '';
  stage.expect(stage.commits['B'] !== suppressed, 'the command pushed a commit');
  const gone = await stage.run('e2e-gate', ['--workflow', 'e2e.yml', '--sha', stage.commit('B')]);
  stage.decides(gone, {
    what: "B's code was tested now, and goes",
    code: 0,
    outputs: { decision: 'go', state: 'success' },
  });
}

/** @param {import('./stage.mjs').Stage} stage @param {string} mend */
async function mendIt(stage, mend) {
  if (stage.git === null) {
    stage.say('Ada does what the last line says; without git here, the stand-in takes the commit itself.');
    stage.repo.pushCommit({ branch: 'main', message: 'run e2e.yml', by: 'ada' });
    return;
  }
  const remote = `${stage.forge.url.replace('//', `//ada:${stage.token}@`)}/${stage.repo.fullName}.git`;
  const clone = await stage.shell(`git clone -q ${remote} shop`, { cwd: stage.folder, show: false });
  stage.expect(clone.code === 0, stage.hide(`a clone can be made: ${clone.printed}`));
  stage.say('Ada does what the last line says, in her clone. Her push starts the run, and it is green:');
  const done = await stage.shell(mend, { cwd: `${stage.folder}/shop` });
  stage.expect(done.code === 0, 'the command that mends it runs as it is printed');
}
