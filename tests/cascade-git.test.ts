import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const root = mkdtempSync(join(tmpdir(), 'cascade-git-'));
after(() => rmSync(root, { recursive: true, force: true }));
const file = '.runtime-version';
let folders = 0;

function git(cwd: string, ...args: string[]): string {
  const variables = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=h', '-c', 'user.email=h@x', ...args],
    {
      cwd,
      env: variables,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A bare repository acme/NAME with one commit on `branch`, and a folder in which a person works on it. */
function makeBare(base: string, name: string, branch = 'main') {
  const bare = join(base, 'acme', `${name}.git`);
  const work = join(base, `${name}-work`);
  git(root, 'init', '--quiet', '--bare', `--initial-branch=${branch}`, bare);
  git(root, 'init', '--quiet', `--initial-branch=${branch}`, work);
  const commit = (path: string, text: string): void => {
    mkdirSync(join(work, path, '..'), { recursive: true });
    writeFileSync(join(work, path), text);
    git(work, 'add', '-A');
    git(work, 'commit', '--quiet', '-m', `human ${path}`);
    git(work, 'push', '--quiet', bare, `HEAD:refs/heads/${branch}`);
  };
  commit(file, '0.1.6\n');
  return {
    bare,
    commit,
    read: () => git(bare, 'show', `${branch}:${file}`),
    log: () => git(bare, 'log', '--format=%s|%an <%ae>|%cn', branch).split('\n'),
    tip: () => git(bare, 'rev-parse', branch),
    hook(name: string, body: string) {
      const path = join(bare, 'hooks', name);
      writeFileSync(path, `#!/bin/sh\n${body}\n`);
      chmodSync(path, 0o755);
    },
  };
}

function newBase(): { base: string; url: string; scratch: string } {
  const base = join(root, `base-${++folders}`);
  const scratch = join(base, 'tmp');
  mkdirSync(scratch, { recursive: true });
  return { base, url: `file://${base}/{repo}.git`, scratch };
}

const author = ['--author', 'Bot <bot@example.com>'];
const common = (url: string): string[] => [
  '--version',
  '0.1.7',
  '--transport',
  'git',
  '--git-url',
  url,
  ...author,
];

function run(args: string[], scratch: string, more: Record<string, string> = {}) {
  const env = { TMPDIR: scratch, GITHUB_REPOSITORY: 'acme/runtime', SWITCHYARD_HTTP_RETRY_MS: '1', ...more };
  return runScript('cascade', args, { env, runner: true });
}

describe('cascade by git and file://', { skip: withoutGit }, () => {
  test('one commit on the default branch, whatever its name, and none the second time', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a', 'trunk');
    const result = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.equal(result.code, 0, result.stdout);
    assert.equal(repo.read(), '0.1.7');
    assert.deepEqual(repo.log(), [
      'chore: pin runtime to 0.1.7 (acme/runtime cascade)|Bot <bot@example.com>|Bot',
      `human ${file}|h <h@x>|h`,
    ]);
    assert.ok(result.stdout.includes(repo.tip()));
    const again = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.match(again.stdout, /^cascade: complete: 0 updated, 1 unchanged$/m);
    assert.deepEqual(readdirSync(scratch), []);
  });

  test('a tag of the name is no branch: nothing is pushed, and no branch is made of it', async () => {
    const { base, url, scratch } = newBase();
    const { bare } = makeBare(base, 'a');
    git(bare, 'tag', 'light', 'main');
    git(bare, 'tag', '-a', '-m', 'm', 'heavy', 'main');
    const before = git(bare, 'for-each-ref');
    for (const tag of ['light', 'heavy']) {
      const result = await run([...common(url), '--target', 'acme/a', '--branch', tag], scratch);
      assert.equal(result.code, 1, result.stdout);
      assert.match(result.stdout, /acme\/a: failed not-found \(Cannot clone acme\/a: "\w+" is a tag there/);
      assert.equal(git(bare, 'for-each-ref'), before);
    }
    git(bare, 'branch', 'light', 'main');
    const both = await run([...common(url), '--target', 'acme/a', '--branch', 'light'], scratch);
    assert.equal(both.code, 0, both.stdout);
    assert.equal(git(bare, 'show', `refs/heads/light:${file}`), '0.1.7');
    assert.equal(git(bare, 'rev-parse', 'refs/tags/light'), git(bare, 'rev-parse', 'refs/heads/main'));
  });

  test('an empty repository, a branch of its own, a nested file, a required file, a missing repository', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    repo.commit('.github/workflows/publish.yml', 'on: push\n');
    git(root, 'init', '--quiet', '--bare', '--initial-branch=first', join(base, 'acme', 'empty.git'));
    const list = ['--target', 'acme/a', '--target', 'acme/empty', '--target', 'acme/nope'];
    const result = await run([...common(url), ...list], scratch);
    assert.equal(result.code, 1);
    assert.equal(result.outputs['updated'], '["acme/a","acme/empty"]');
    assert.match(result.stdout, /failed acme\/nope \(not-found\)/);
    assert.equal(git(join(base, 'acme', 'empty.git'), 'show', `first:${file}`), '0.1.7');
    const required = ['--require-file', '.github/workflows/publish.yml', '--file', 'deep/down/version'];
    const second = await run([...common(url), ...list.slice(0, 4), ...required], scratch);
    assert.match(
      second.stdout,
      /^cascade: complete with skips: 1 updated, 0 unchanged; skipped acme\/empty$/m,
    );
    assert.equal(git(repo.bare, 'show', 'main:deep/down/version'), '0.1.7');
    const branch = await run([...common(url), '--target', 'acme/a', '--branch', 'nope'], scratch);
    assert.match(branch.stdout, /failed acme\/a \(not-found\)/);
  });

  test('what answers nothing at all is no empty repository: nothing is pushed', async () => {
    const { scratch } = newBase();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/{repo}.git`;
    const result = await run([...common(url), '--target', 'acme/a'], scratch);
    server.close();
    assert.equal(result.code, 1);
    assert.match(
      result.stdout,
      /acme\/a: failed error \(Cannot read the branches of acme\/a: what answered is no git server; check the URL/,
    );
    assert.deepEqual(
      asked.filter((line) => line.includes('git-receive-pack')),
      [],
    );
  });

  test('a hook that rejects is told with its words, and is not tried again', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    const before = repo.tip();
    repo.hook('pre-receive', 'echo x >> "$PWD/tries"; echo "Frozen until Monday" >&2; exit 1');
    const result = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.equal(result.code, 1);
    assert.match(result.stdout, /failed acme\/a \(protected\)/);
    assert.match(result.stdout, /Frozen until Monday/);
    assert.equal(repo.tip(), before);
    assert.equal(readFileSync(join(repo.bare, 'tries'), 'utf8'), 'x\n');
  });

  test('a branch that moves at every attempt: bounded, nothing forced, no human commit lost', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    // What a person pushes between our reading and our push, from within the server.
    const move = [
      'unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES',
      'tip=$(git rev-parse refs/heads/main)',
      'new=$(echo moved | GIT_AUTHOR_NAME=h GIT_AUTHOR_EMAIL=h@x GIT_COMMITTER_NAME=h GIT_COMMITTER_EMAIL=h@x git commit-tree "$tip^{tree}" -p "$tip")',
      'git update-ref refs/heads/main "$new"',
    ].join('\n');
    repo.hook('pre-receive', move);
    const result = await run([...common(url), '--target', 'acme/a', '--attempts', '2'], scratch);
    assert.equal(result.code, 1);
    assert.match(result.stdout, /failed acme\/a \(conflict\)/);
    assert.deepEqual(
      repo.log().map((line) => line.split('|')[0]),
      ['moved', 'moved', `human ${file}`],
    );
    repo.hook('pre-receive', `test -e moved-once || { touch moved-once; ${move.replaceAll('\n', '; ')}; }`);
    const won = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.match(won.stdout, /^cascade: complete: 1 updated/m);
    assert.equal(repo.log().length, 5);
    assert.deepEqual(readdirSync(scratch), []);
  });

  test("a person's own settings of git change nothing of what is pushed", async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    git(repo.bare, 'config', 'receive.advertisePushOptions', 'true');
    repo.hook('pre-receive', 'echo "${GIT_PUSH_OPTION_COUNT-none}" > "$PWD/options"');
    const home = join(base, 'home');
    mkdirSync(home);
    const settings = [
      '[push]\npushOption = ci.skip\ndefault = nothing\nfollowTags = true',
      '[i18n]\ncommitEncoding = ISO-8859-1',
      '[safe]\nbareRepository = explicit',
      '[core]\nautocrlf = true\neol = crlf',
      '[commit]\ngpgSign = true\n[user]\nname = Other\nemail = other@x',
      '[init]\ndefaultBranch = other\n[clone]\ndefaultRemoteName = up',
    ];
    writeFileSync(join(home, '.gitconfig'), `${settings.join('\n')}\n`);
    const args = [...common(url), '--target', 'acme/a', '--message', 'pün'];
    const result = await run(args, scratch, { HOME: home });
    assert.match(result.stdout, /^cascade: complete: 1 updated/m);
    assert.equal(git(repo.bare, 'cat-file', 'blob', `main:${file}`), '0.1.7');
    assert.equal(repo.log()[0], 'pün|Bot <bot@example.com>|Bot');
    assert.doesNotMatch(git(repo.bare, 'cat-file', 'commit', 'main'), /^(encoding|gpgsig) /m);
    assert.match(readFileSync(join(repo.bare, 'options'), 'utf8'), /^(none|0)$/m);
  });

  test('the name of a repository or branch is no word of the server', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'archived-tools', 'archived');
    const work = join(base, 'archived-tools-work');
    const ahead = git(work, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'moved');
    git(work, 'push', '--quiet', repo.bare, `${ahead}:refs/heads/side`);
    repo.hook('pre-receive', `unset GIT_QUARANTINE_PATH; git update-ref refs/heads/archived ${ahead}`);
    const args = [...common(url), '--target', 'acme/archived-tools', '--attempts', '1'];
    const raced = await run(args, scratch);
    assert.match(raced.stdout, /^acme\/archived-tools: failed conflict /m);
    rmSync(join(repo.bare, 'HEAD'));
    const broken = await run(args, scratch);
    assert.match(broken.stdout, /^acme\/archived-tools: failed not-found /m);
  });

  test('a person who pushes between our reading and our push loses nothing: the push is not forced', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    const bin = join(base, 'bin');
    mkdirSync(bin);
    const script = [
      '#!/bin/sh',
      `(if [ "$1" = push ] && [ ! -e "${base}/pushed" ]; then`,
      `  touch "${base}/pushed"`,
      // Without the variables that the script gave to its own git.
      '  unset GIT_INDEX_FILE GIT_LITERAL_PATHSPECS GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL',
      `  (cd "${base}/a-work" && echo x > human && ${real} add human`,
      `   ${real} -c core.hooksPath=/dev/null -c user.name=h -c user.email=h@x commit -qm human`,
      `   ${real} push -q "${repo.bare}" HEAD:main)`,
      'fi)',
      `exec ${real} "$@"`,
    ];
    writeFileSync(join(bin, 'git'), `${script.join('\n')}\n`, { mode: 0o755 });
    const path = `${bin}:${process.env['PATH']}`;
    const result = await run([...common(url), '--target', 'acme/a'], scratch, { PATH: path });
    assert.match(result.stdout, /^cascade: complete: 1 updated/m, result.stdout);
    assert.deepEqual(
      repo.log().map((line) => line.split('|')[0]),
      ['chore: pin runtime to 0.1.7 (acme/runtime cascade)', 'human', `human ${file}`],
    );
  });

  test('a push that lands while its answer is lost is updated, once', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    repo.hook('post-receive', 'kill -9 $PPID');
    const result = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.match(result.stdout, /^cascade: complete: 1 updated/m, result.stdout);
    assert.equal(repo.log().length, 2);
    assert.ok(result.stdout.includes(repo.tip()));
  });

  test('a link in place of the file is not followed', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    const work = join(base, 'a-work');
    git(work, 'rm', '--quiet', file);
    git(
      work,
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${git(work, 'hash-object', '-w', '/etc/hostname')},${file}`,
    );
    git(work, 'commit', '--quiet', '-m', 'link');
    git(work, 'push', '--quiet', repo.bare, 'HEAD:main');
    const result = await run([...common(url), '--target', 'acme/a'], scratch);
    assert.match(result.stdout, /it is a link/);
  });

  test('what the environment lacks is told before anything is touched', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    const args = [...common(url), '--target', 'acme/a'];
    const none = await run(args, scratch, { PATH: '/nonexistent' });
    assert.equal(none.code, 2, none.stdout);
    assert.match(none.stdout, /Cannot run git: it is not installed here; install git 2.31 or later/);
    const old = join(base, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'git'), '#!/bin/sh\necho git version 2.30.9\n', { mode: 0o755 });
    const tooOld = await run(args, scratch, { PATH: old });
    assert.equal(tooOld.code, 2);
    assert.match(tooOld.stdout, /2\.30\.9.*; install git 2\.31 or later/);
    const nowhere = await run(args, join(base, 'not-there'));
    assert.equal(nowhere.code, 3);
    assert.match(nowhere.stdout, /Cannot make a temporary folder.*set TMPDIR/);
    const nobody = await run(
      ['--version', '1', '--transport', 'git', '--git-url', url, '--target', 'acme/a'],
      scratch,
    );
    assert.equal(nobody.code, 2);
    assert.match(nobody.stdout, /--author/);
    assert.equal(repo.log().length, 1);
    assert.deepEqual(readdirSync(scratch), []);
  });

  test('stopped half way it leaves a report, and no folder', async () => {
    const { base, url, scratch } = newBase();
    const repo = makeBare(base, 'a');
    repo.hook('pre-receive', 'sleep 5');
    const report = join(base, 'report.json');
    const result = await runScript('cascade', [...common(url), '--target', 'acme/a', '--report', report], {
      env: { TMPDIR: scratch },
      onStart: (child) => setTimeout(() => child.kill('SIGTERM'), 1500),
    });
    assert.equal(result.code, 143);
    assert.equal(JSON.parse(readFileSync(report, 'utf8')).targets[0].state, 'not-attempted');
    assert.deepEqual(readdirSync(scratch), []);
  });
});

describe('cascade by git over http', { skip: withoutGit }, () => {
  async function startServed(flavour: 'gitea-1.22.6' | 'github') {
    const { base, scratch } = newBase();
    const forge = await startForge({ flavour });
    forge.server.unref();
    forge.user('ada', { admin: true, email: 'ada@example.com', name: 'Ada' });
    const token = forge.addToken({ user: 'ada' });
    const repo = forge.repo('acme/r1', { git: join(base, 'r1.git') });
    repo.pushCommit({ branch: 'main', message: 'first', files: { [file]: '0.1.6\n' }, by: 'ada' });
    const env = {
      ...jobEnvironment(forge, { token, repo: 'acme/runtime' }),
      TMPDIR: scratch,
      GITHUB_SERVER_URL: forge.url,
    };
    return { forge, repo, token, env, scratch, bare: join(base, 'r1.git') };
  }
  const args = ['--version', '0.1.7', '--target', 'acme/r1', '--transport', 'git'];

  for (const flavour of ['gitea-1.22.6', 'github'] as const) {
    test(`${flavour}: as the token's user, and the token is seen nowhere while it runs`, async () => {
      const { forge, repo, env, token, scratch, bare } = await startServed(flavour);
      writeFileSync(join(bare, 'hooks', 'pre-receive'), '#!/bin/sh\nsleep 0.5\n', { mode: 0o755 });
      const secrets = [token, Buffer.from(`x-access-token:${token}`).toString('base64')];
      const seen: string[] = [];
      let looks = 0;
      let pushesSeen = 0;
      const timer = setInterval(() => {
        looks++;
        for (const text of [...commandLines(), ...configs(scratch)]) {
          if (text.startsWith('git\0push')) pushesSeen++;
          if (secrets.some((secret) => text.includes(secret))) seen.push(text);
        }
      }, 20);
      const result = await runScript('cascade', args, { env, runner: true });
      clearInterval(timer);
      assert.equal(result.code, 0, result.stdout);
      assert.ok(looks > 10 && pushesSeen > 0, `${looks} looks, ${pushesSeen} at a push`);
      assert.deepEqual(seen, []);
      assert.ok(!secrets.some((secret) => (result.stdout + result.stderr + result.summary).includes(secret)));
      const commit = repo.commitOf(repo.branches.get('main') ?? '');
      assert.equal(commit.author.name, 'Ada');
      assert.equal(repo.readFile(commit.sha, file)?.toString(), '0.1.7\n');
      assert.equal(repo.pushes.at(-1)?.by, 'ada');
      await forge.close();
    });
  }

  test('a redirect to another host gets no token', async () => {
    const { env } = await startServed('gitea-1.22.6');
    const headers: (string | undefined)[] = [];
    const listen = async (answer: (url: string) => Record<string, string> | null): Promise<string> => {
      const server = createServer((request, response) => {
        headers.push(request.headers.authorization);
        const location = answer(request.url ?? '');
        response.writeHead(location === null ? 404 : 301, location ?? {}).end();
      });
      server.unref();
      await new Promise<void>((done) => void server.listen(0, '127.0.0.1', () => done()));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const other = await listen(() => null);
    const first = await listen((url) => ({ location: `${other}${url}` }));
    const more = ['--git-url', `${first}/{repo}.git`];
    const result = await runScript('cascade', [...args, ...more], { env, runner: true });
    assert.equal(result.code, 1);
    assert.match(result.stdout, /failed not-found .*it has moved/);
    assert.equal(headers.length, 1, 'the other host was not asked');
    assert.match(headers[0] ?? '', /^Basic /);
  });

  test('protected, archived, hidden, moved, refused: each by its class', async () => {
    const { forge, repo, env } = await startServed('gitea-1.22.6');
    const fail = async (environment: Record<string, string> = env): Promise<string> =>
      (await runScript('cascade', args, { env: environment, runner: true })).stdout;
    repo.protect('main', { push: false });
    assert.match(await fail(), /failed acme\/r1 \(protected\)/);
    repo.protections.clear();
    repo.archived = true;
    assert.match(await fail(), /failed acme\/r1 \((archived|forbidden)\)/);
    repo.archived = false;
    repo.private = true;
    forge.user('bob');
    const other = forge.addToken({ user: 'bob' });
    assert.match(await fail({ ...env, SWITCHYARD_TOKEN: other }), /failed acme\/r1 \(not-found\)/);
    repo.private = false;
    const result = await fail({ ...env, SWITCHYARD_TOKEN: other });
    assert.match(result, /failed acme\/r1 \((forbidden|not-found)\)/);
    await forge.close();
  });
});

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readQuietly(`/proc/${name}/cmdline`));
}

function configs(folder: string): string[] {
  try {
    return (readdirSync(folder, { recursive: true }) as string[])
      .filter((path) => /(^|\/)config$/.test(path))
      .map((path) => readQuietly(join(folder, path)));
  } catch {
    // It is removed while we look.
    return [];
  }
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
