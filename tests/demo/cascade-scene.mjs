export const title = 'A release fans out, and nobody works out by hand who got it';

const file = '.runtime-version';
const names = ['acme/berlin-kit', 'acme/lisbon-kit', 'acme/oslo-kit', 'acme/porto-kit'];

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const repos = names.map((name) => {
    const repo = stage.forge.repo(name);
    repo.pushCommit({ branch: 'main', message: 'start', files: { [file]: '0.1.6\n' }, by: 'ada' });
    return repo;
  });
  const [raced, there, archived] = /** @type {[typeof repos[0], typeof repos[0], typeof repos[0]]} */ (repos);
  there.pushCommit({ branch: 'main', message: 'by hand', files: { [file]: '0.1.7\n' }, by: 'ada' });
  archived.archived = true;
  stage.say(
    'Runtime 0.1.7 is released, and four repositories must rebuild. This Gitea has no dispatch, so the signal is a ' +
      "commit: .runtime-version changes, and each repository's own workflow fires. One repository has 0.1.7 " +
      'already, one is archived, and Ada pushes to a third just then.',
  );
  const pushed = pushBeforeWrite(stage, raced);
  const targets = names.flatMap((name) => ['--target', name]);
  const first = await stage.run('cascade', ['--version', '0.1.7', ...targets, '--report', 'fan.json']);
  delete stage.forge.options.onRequest;
  stage.bash('for r in $repos; do clone, commit, push; done: stops at the third, or goes on and is green.');
  stage.decides(first, {
    what: 'two are written, one on top of what Ada pushed; the archived one is named, and so is the command that resumes',
    code: 1,
    outputs: {
      decision: 'incomplete',
      updated: JSON.stringify([names[0], names[3]]),
      unchanged: JSON.stringify([names[1]]),
      failed: JSON.stringify([names[2]]),
    },
    says: [/archived/, /--only-failed fan\.json/],
  });
  const tip = raced.branches.get('main') ?? '';
  stage.expect(raced.commitOf(tip).parents[0] === pushed(), "Ada's commit lies below ours");
  archived.archived = false;
  stage.say('Somebody unarchives it, and pastes the command.');
  const again = await stage.run('cascade', [
    '--version',
    '0.1.7',
    '--only-failed',
    'fan.json',
    '--report',
    'fan.json',
  ]);
  stage.decides(again, {
    what: 'only what failed is tried again',
    code: 0,
    outputs: { decision: 'complete', updated: JSON.stringify([names[2]]), unchanged: '[]' },
  });
  stage.expect(
    repos.every((repo) => repo.readFile(repo.branches.get('main') ?? '', file)?.toString() === '0.1.7\n'),
    'all four hold 0.1.7',
  );
}

/**
 * Ada pushes between the reading of the file and the first write to it.
 * @param {import('./stage.mjs').Stage} stage
 * @param {import('../support/forge/repository.mjs').Repository} repo
 */
function pushBeforeWrite(stage, repo) {
  let sha = '';
  stage.forge.options.onRequest = (seen) => {
    if (sha !== '' || seen.method === 'GET' || !seen.path.includes(repo.fullName)) return;
    sha = repo.pushCommit({ branch: 'main', message: 'hot fix', files: { [file]: '0.1.6-1\n' }, by: 'ada' });
  };
  return () => sha;
}
