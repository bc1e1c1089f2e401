export const title = 'Commit A was tested, and goes';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  stage.commits['A'] = stage.repo.pushCommit({
    branch: 'main',
    message: 'count the cart',
    files: { 'src/cart.js': 'export const cart = [];\nexport const count = () => cart.length;\n' },
    by: 'ada',
  });
  stage.say(
    `Ada pushes ${stage.name('A')}. Its end-to-end run is green. Docs never ran for it: that workflow is for ` +
      `docs/**, and the push touched only src/. May A go to production?`,
  );
  const files = ['--workflow', 'e2e.yml', '--workflow', 'docs.yml'];
  const result = await stage.run('e2e-gate', [...files, '--sha', stage.commit('A')]);
  stage.decides(result, {
    what: 'A goes: one workflow is green, and the other was not due',
    code: 0,
    outputs: {
      decision: 'go',
      proceed: 'true',
      states: JSON.stringify({ 'e2e.yml': 'success', 'docs.yml': 'filtered' }),
    },
  });
}
