export const title = 'A version goes to five repositories, and what failed is run again';

const FILE = '.runtime-version';
const NAMES = ['berlin', 'lisbon', 'oslo', 'porto', 'turin'].map((town) => `acme/theme-${town}`);

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const repos = NAMES.map((name) => {
    const repo = stage.forge.repo(name);
    const files = { 'README.md': `# ${name}\n`, [FILE]: '0.1.6\n' };
    repo.pushCommit({ branch: 'main', message: 'a theme', files, by: 'ada' });
    return repo;
  });
  const [, lisbon, oslo, porto] = repos;
  if (!lisbon || !oslo || !porto) throw new Error('Cannot find the themes');
  lisbon.pushCommit({ branch: 'main', message: 'by hand', files: { [FILE]: '0.1.7\n' }, by: 'ada' });
  porto.archived = true;
  stage.say(
    'Version 0.1.7 of the runtime is out, and every theme must rebuild with it. This server knows no dispatch, so ' +
      'the signal is a commit to each. lisbon has the version already; oslo takes the write, but the proxy says ' +
      '500; porto is archived.',
  );
  let spoilt = false;
  stage.forge.setFault((request) => {
    if (spoilt || request.method === 'GET' || !request.path.includes('theme-oslo')) return null;
    spoilt = true;
    return { kind: 'after-write', then: 500 };
  });
  const targets = NAMES.flatMap((name) => ['--target', name]);
  const args = ['--version', '0.1.7', ...targets, '--report', 'cascade.json'];
  const first = await stage.run('cascade', args);
  stage.forge.setFault(null);
  stage.bash(
    'a loop of clone, commit and push under `set -e` ends at the first error, and turin is never built; with ' +
      '`|| true` it goes on, and is green. Nobody learns of porto.',
  );
  stage.decides(first, {
    what: 'four hold it, porto is named with why, and nothing was written twice',
    code: 1,
    outputs: {
      decision: 'incomplete',
      updated: JSON.stringify(['acme/theme-berlin', 'acme/theme-oslo', 'acme/theme-turin']),
      unchanged: JSON.stringify(['acme/theme-lisbon']),
      failed: JSON.stringify(['acme/theme-porto']),
    },
    says: /acme\/theme-porto \(archived\)/,
  });
  stage.expect(spoilt && countCommits(oslo) === 2, 'the write that was answered with 500 is one commit');

  const next = /^next: node vendor\/cascade\.mjs (.+)$/m.exec(first.stdout)?.[1] ?? '';
  stage.expect(next.includes('--only-failed'), 'the verdict ends with the command that resumes');
  porto.archived = false;
  stage.say('porto is opened again, and the last line is typed as it stands:');
  const before = stage.forge.calls.length;
  const resumed = await stage.run('cascade', next.split(' '));
  stage.decides(resumed, {
    what: 'porto follows, and no other repository is touched',
    code: 0,
    outputs: { decision: 'complete', updated: JSON.stringify(['acme/theme-porto']) },
  });
  const others = stage.forge.calls.slice(before).filter((call) => /theme-(?!porto)/.test(call));
  stage.expect(others.length === 0, `no other repository is asked: ${others.join(', ')}`);
  const held = repos.map((repo) => repo.readFile(repo.branches.get('main') ?? '', FILE)?.toString());
  stage.expect(
    held.every((text) => text === '0.1.7\n'),
    'every theme holds 0.1.7',
  );
}

/** @param {import('../support/forge/repository.mjs').Repository} repo */
function countCommits(repo) {
  return repo.list(repo.branches.get('main') ?? '').length;
}
