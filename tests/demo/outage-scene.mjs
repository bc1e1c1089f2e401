export const title = 'The server is down, and nobody takes that for an answer';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  stage.say('The proxy before the server answers 502 to everything. What is known of B now?');
  stage.forge.setFault(() => ({ kind: 'html-502' }));
  try {
    const check = stage.begin('prod-auto-deploy', ['check-superseded', '--sha', stage.commit('A')]);
    const gate = await stage.run('e2e-gate', ['--workflow', 'e2e.yml', '--sha', stage.commit('B')]);
    stage.decides(gate, {
      what: 'not a go, and not a no: could not tell',
      code: 3,
      outputs: { decision: 'unknown', proceed: 'false' },
      says: /502/,
    });
    const superseded = await stage.tell(check);
    stage.bash(
      'with `2>/dev/null || echo none` the first of these is "no run", and goes; the empty head of the second ' +
        'differs from every commit, and is taken for a newer one.',
    );
    stage.decides(superseded, {
      what: 'what could not be read supersedes nothing: the strict check runs',
      code: 10,
      outputs: { decision: 'latest' },
      says: /could not be told/,
    });
  } finally {
    stage.forge.setFault(null);
  }
}
