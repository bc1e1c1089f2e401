export const title = 'Two builds finish in the wrong order, and the older one loses';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const [older, newer] = [stage.commit('A'), stage.commit('B')];
  stage.say(
    `B is in production. Only now does the slow build of ${stage.name('A')} end, green as well, and its ` +
      'promotion begins.',
  );
  // The label of the image that is served says which commit it was built from.
  const served = stage.images ? ['--image', stage.images.reference('acme/platform')] : ['--current', newer];
  const asked = stage.forge.gitRequests.length;
  const viaGit = ['--current', newer, '--sha', older, '--via', 'git'];
  const begun = stage.git === null ? null : stage.begin('ancestry', viaGit);
  const behind = await stage.run('ancestry', [...served, '--sha', older], stage.images?.login);
  stage.bash(
    '`crane tag …:staging-$SHA latest` asks nobody: whoever ends last wins, and the shop silently goes back ' +
      'to the old code, with every check green.',
  );
  const wanted = { code: 1, outputs: { decision: 'behind', proceed: 'false', behind_by: '2' } };
  stage.decides(behind, { what: 'A may not take the place of B', ...wanted });

  if (begun === null) return;
  stage.say('The same question to git itself, for a server that cannot be asked: commits only, no files.');
  const byGit = await stage.tell(begun);
  stage.decides(byGit, { what: 'git says so too', ...wanted });
  stage.expect(stage.forge.gitRequests.length > asked, 'git was asked');
}
