export const title = 'Two builds finish in the wrong order, and the older one loses';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  stage.say(
    `The builds of A and B run at once. B's is done first: ${stage.name('B')} follows what was served, and ` +
      `becomes :latest. Then the slow build of ${stage.name('A')} ends too, green as well.`,
  );
  const [older, newer] = [stage.commit('A'), stage.commit('B')];
  const ahead = await stage.run('ancestry', ['--current', older, '--sha', newer]);
  stage.decides(ahead, {
    what: 'B may follow A',
    code: 0,
    outputs: { decision: 'ahead', proceed: 'true', ahead_by: '2' },
  });
  const behind = await stage.run('ancestry', ['--current', newer, '--sha', older]);
  stage.bash(
    '`crane tag …:staging-$SHA latest` asks nobody: whoever ends last wins, and the shop silently goes back ' +
      'to the old code, with every check green.',
  );
  const wanted = { code: 1, outputs: { decision: 'behind', proceed: 'false', behind_by: '2' } };
  stage.decides(behind, { what: 'A may not take the place of B', ...wanted });

  if (stage.git === null) return;
  stage.say('The same question to git itself, for a server that cannot be asked: commits only, no files.');
  const asked = stage.forge.gitRequests.length;
  const byGit = await stage.run('ancestry', ['--current', newer, '--sha', older, '--via', 'git']);
  stage.decides(byGit, { what: 'git says so too', ...wanted });
  stage.expect(stage.forge.gitRequests.length > asked, 'git was asked');
}
