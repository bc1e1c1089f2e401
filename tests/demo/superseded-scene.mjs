export const title = 'A deploy of A finds that B has come';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const [older, newer] = [stage.commit('A'), stage.commit('B')];
  stage.say(
    `The deploy job of ${stage.name('A')} waited for a runner. It wants to roll the fleet to A now, and then ` +
      'to fail if a tenant serves anything else. It first asks whether it is still the newest.',
  );
  const ask = (/** @type {string} */ sha) =>
    stage.begin('prod-auto-deploy', ['check-superseded', '--sha', sha]);
  const [ofA, ofB] = [ask(older), ask(newer)];
  const gone = await stage.tell(ofA);
  stage.decides(gone, {
    what: 'A stands back, and names B',
    code: 0,
    outputs: { decision: 'superseded', newer, proceed: 'false' },
  });
  stage.expect(gone.stdout === `${newer}\n`, 'stdout is the newer commit alone');
  const latest = await stage.tell(ofB);
  stage.bash(
    '`[ "$(gh api …/branches/main -q .commit.sha)" != "$SHA" ] && exit 0` stands back as well when the ' +
      'call fails and prints nothing: then no job checks the fleet, and all are green.',
  );
  stage.decides(latest, {
    what: 'B is the newest, so its own check counts',
    code: 10,
    outputs: { decision: 'latest', proceed: 'true' },
  });
}
