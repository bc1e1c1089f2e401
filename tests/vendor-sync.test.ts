import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { replaceFiles } from '../lib/vendor-sync/replace-files.ts';
import { jobEnvironment } from './support/environment.mjs';
import { bound, unbound } from './support/rights.mjs';
import { runScript } from './support/run-script.mjs';
import { makeBundle as bundle, makeRelease as release, sumOf as sum } from './support/vendor-release.mjs';
import { startWorld } from './support/world.mjs';

const flavours = ['gitea-1.22.6', 'github'] as const;
const lockName = 'switchyard.lock.json';
/** A repository with releases v1.0.0 and v1.1.0, and `main` on the newer one. */
async function startSource(flavour: (typeof flavours)[number]) {
  const world = await startWorld(flavour);
  const { forge, token } = world;
  const source = forge.repo('acme/switchyard', { defaultBranch: 'main' });
  const one = source.pushCommit({ branch: 'main', message: 'v1.0.0', files: release('1.0.0'), by: 'ada' });
  source.setTag('v1.0.0', one);
  const two = source.pushCommit({ branch: 'main', message: 'v1.1.0', files: release('1.1.0'), by: 'ada' });
  source.setTag('v1.1.0', two);
  const env = jobEnvironment(forge, { token, repo: 'acme/app' });
  return { forge, source, token, one, two, env };
}

const roots: string[] = [];
after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

function makeProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'vendor-sync-'));
  roots.push(root);
  return root;
}

/** Every file of the project's vendor folder, by name. */
function readVendor(root: string): Record<string, string> {
  const folder = join(root, 'vendor');
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

function writeFolder(files: Record<string, string>): string {
  const root = makeProject();
  mkdirSync(join(root, 'vendor'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

for (const flavour of flavours) {
  describe(`vendor-sync on ${flavour}`, async () => {
    const { forge, source, token, one, two, env } = await startSource(flavour);
    after(() => forge.close());
    const run = (root: string, ...args: string[]) =>
      runScript('vendor-sync', args, { env, cwd: root, runner: true });

    test('add takes the named files of one commit and locks them; check then passes without network', async () => {
      const root = makeProject();
      const result = await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.0');
      assert.equal(result.code, 0, result.stdout);
      assert.equal(result.outputs['decision'], 'added');
      assert.equal(result.outputs['commit'], one);
      assert.equal(result.outputs['version'], '1.0.0');
      const there = readVendor(root);
      assert.deepEqual(Object.keys(there).sort(), ['e2e-gate.mjs', lockName]);
      assert.equal(there['e2e-gate.mjs'], bundle('e2e-gate', '1.0.0'));
      assert.deepEqual(JSON.parse(there[lockName] as string), {
        schema: 1,
        source: 'acme/switchyard',
        ref: 'v1.0.0',
        commit: one,
        version: '1.0.0',
        files: { 'e2e-gate.mjs': sum(bundle('e2e-gate', '1.0.0')) },
      });
      const before = forge.requests.length;
      const checked = await run(root, 'check');
      assert.equal(checked.code, 0, checked.stdout);
      assert.equal(checked.outputs['decision'], 'in-sync');
      assert.equal(forge.requests.length, before);
      const again = await run(root, 'add', 'e2e-gate.mjs', '--from', 'acme/switchyard@v1.0.0');
      assert.deepEqual([again.code, again.outputs['decision']], [0, 'in-sync']);
      assert.deepEqual(readVendor(root), there);
    });

    test('everything is read at the commit that the ref stood for first', async () => {
      const root = makeProject();
      const from = forge.requests.length;
      forge.setFault((request) => {
        if (/contents\/vendor\/SHA256SUMS/.test(request.call))
          source.pushCommit({ branch: 'main', message: 'meanwhile', files: release('9.9.9'), by: 'ada' });
        return null;
      });
      const result = await run(root, 'add', '--from', 'acme/switchyard@main');
      forge.setFault(() => null);
      source.setBranch('main', two);
      assert.equal(result.code, 0, result.stdout);
      assert.equal(result.outputs['commit'], two);
      const refs = forge.requests.slice(from).flatMap((request) => request.query.get('ref') ?? []);
      assert.deepEqual([...new Set(refs)], [two]);
      assert.equal(readVendor(root)['ancestry.mjs'], bundle('ancestry', '1.1.0'));
    });

    test('add without --from takes more of the locked commit, not of where the ref stands now', async () => {
      const root = makeProject();
      source.setBranch('main', one);
      await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@main');
      source.setBranch('main', two);
      const result = await run(root, 'add', 'ancestry');
      assert.equal(result.code, 0, result.stdout);
      assert.equal(result.outputs['commit'], one);
      assert.equal(readVendor(root)['ancestry.mjs'], bundle('ancestry', '1.0.0'));
      const mixed = await run(root, 'add', 'vendor-sync', '--from', 'acme/switchyard@v1.1.0');
      assert.deepEqual([mixed.code, mixed.outputs['decision']], [1, 'refused']);
      assert.match(mixed.stdout, /the lock names one for all; .*update --from acme\/switchyard@v1\.1\.0/s);
    });

    test('update follows a branch, or another ref, and puts back what was changed or removed', async () => {
      const root = makeProject();
      await run(root, 'add', 'e2e-gate', 'ancestry', '--from', 'acme/switchyard@v1.0.0');
      writeFileSync(join(root, 'vendor/e2e-gate.mjs'), 'tampered');
      rmSync(join(root, 'vendor/ancestry.mjs'));
      const drifted = await run(root, 'check');
      assert.deepEqual([drifted.code, drifted.outputs['decision']], [1, 'drifted']);
      assert.match(drifted.stdout, /^::error file=vendor\/e2e-gate\.mjs::modified: /m);
      assert.match(drifted.stdout, /missing: vendor\/ancestry\.mjs/);
      assert.equal(drifted.outputs['modified'], '["e2e-gate.mjs"]');
      assert.equal((await run(root, 'update')).outputs['changed'], '["ancestry.mjs","e2e-gate.mjs"]');
      assert.equal((await run(root, 'check')).code, 0);
      const result = await run(root, 'update', '--from', 'acme/switchyard@v1.1.0');
      assert.deepEqual(
        [result.code, result.outputs['decision'], result.outputs['commit']],
        [0, 'updated', two],
      );
      assert.equal(readVendor(root)['e2e-gate.mjs'], bundle('e2e-gate', '1.1.0'));
      const one_ = await run(root, 'update', 'ancestry', '--from', 'acme/switchyard@v1.0.0');
      assert.equal(one_.code, 1, 'one file alone cannot go to another commit');
      assert.equal((await run(root, 'check')).code, 0);
    });

    test('--dry-run reads and decides everything, and writes nothing', async () => {
      const root = makeProject();
      const result = await run(root, 'add', '--from', 'acme/switchyard@main', '--dry-run');
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'dry-run']);
      assert.equal(JSON.parse(result.outputs['changed'] as string).length, 4);
      assert.equal(existsSync(join(root, 'vendor')), false);
    });

    test('update --check: exit 1 for a higher version tag or a branch that went on, else 0', async () => {
      const root = makeProject();
      await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.0');
      const there = readVendor(root);
      source.setTag('v2.0.0-rc.1', two);
      const newer = await run(root, 'update', '--check');
      assert.deepEqual([newer.code, newer.outputs['newer']], [1, 'acme/switchyard@v1.1.0']);
      assert.deepEqual(readVendor(root), there);
      await run(root, 'update', '--from', 'acme/switchyard@v1.1.0');
      assert.equal((await run(root, 'update', '--check')).code, 0);
      await run(root, 'update', '--from', `acme/switchyard@${one}`);
      assert.equal((await run(root, 'update', '--check')).outputs['newer'], 'acme/switchyard@v1.1.0');
      source.setBranch('main', one);
      await run(root, 'update', '--from', 'acme/switchyard@main');
      assert.equal((await run(root, 'update', '--check')).code, 0);
      source.setBranch('main', two);
      const moved = await run(root, 'update', '--check');
      assert.deepEqual([moved.code, moved.outputs['newer']], [1, 'acme/switchyard@main']);
    });

    test('a tag that was moved is refused, also when it is given again', async () => {
      const root = makeProject();
      source.setTag('v3', one);
      await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v3');
      const there = readVendor(root);
      source.setTag('v3', two);
      for (const args of [
        ['update'],
        ['update', '--check'],
        ['add', 'ancestry', '--from', 'acme/switchyard@v3'],
        ['update', '--from', 'acme/switchyard@refs/tags/v3'],
        ['update', '--from', 'Acme/switchyard@v3'],
      ]) {
        const result = await run(root, ...args);
        assert.equal(result.code, 1);
        assert.match(result.stdout, new RegExp(`the tag was moved, from commit ${one} to ${two}`));
        assert.deepEqual(readVendor(root), there);
      }
      assert.equal((await run(root, 'update', '--from', `acme/switchyard@${two}`)).code, 0);
    });

    test('an annotated tag is followed to its commit', async () => {
      const root = makeProject();
      const tagObject = 'a'.repeat(40);
      source.setTag('v1.0.1', one);
      forge.setFault((request) => {
        const ref = { ref: 'refs/tags/v1.0.1', object: { type: 'tag', sha: tagObject } };
        if (/git\/refs?\/tags\/v1\.0\.1/.test(request.call))
          return { kind: 'answer', status: 200, body: ref };
        const body = { object: { type: 'commit', sha: one } };
        return request.call.includes(`git/tags/${tagObject}`) ? { kind: 'answer', status: 200, body } : null;
      });
      const result = await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.1');
      forge.setFault(() => null);
      source.tags.delete('v1.0.1');
      assert.deepEqual([result.code, result.outputs['commit']], [0, one], result.stdout);
    });

    test('a tag that nobody may see without a token asks for one', async () => {
      const from = ['--from', 'acme/switchyard@v7'];
      const without = await runScript('vendor-sync', ['add', 'e2e-gate', ...from], {
        cwd: makeProject(),
        env: { ...env, SWITCHYARD_TOKEN: '' },
        runner: true,
      });
      assert.match(without.outputs['reason'] ?? '', /set a token \(SWITCHYARD_TOKEN .*\) if it is private/);
      const result = await run(makeProject(), 'add', 'e2e-gate', ...from);
      assert.match(result.outputs['reason'] ?? '', /or the token may not see it/);
    });

    test('a server that has not taken in the first push yet is no source without files', async () => {
      forge.setFault((request) =>
        /contents\//.test(request.call) ? { kind: 'answer', status: 200, body: [] } : null,
      );
      const result = await run(makeProject(), 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.0');
      forge.setFault(() => null);
      assert.equal(result.code, 3, result.stdout);
      assert.match(result.outputs['reason'] ?? '', /as of a repository without commits.*run again$/);
    });

    test('a name that is a tag and a branch on two commits is not guessed', async () => {
      source.setTag('both', one);
      source.setBranch('both', two);
      const result = await run(makeProject(), 'add', 'e2e-gate', '--from', 'acme/switchyard@both');
      assert.equal(result.code, 2);
      for (const [ref, commit] of [
        ['refs/tags/both', one],
        ['refs/heads/both', two],
      ] as const) {
        const told = await run(makeProject(), 'add', 'e2e-gate', '--from', `acme/switchyard@${ref}`);
        assert.deepEqual([told.code, told.outputs['commit']], [0, commit]);
      }
    });

    const evil: [string, Record<string, string>, number, RegExp][] = [
      ['a tampered file', { 'vendor/e2e-gate.mjs': 'evil()\n' }, 1, /its SHA-256 is .*, SHA256SUMS says/],
      [
        'a sum that differs',
        { 'vendor/SHA256SUMS': `${'0'.repeat(64)}  e2e-gate.mjs\n` },
        1,
        /SHA256SUMS says 0000/,
      ],
      ['a name with ..', { 'vendor/SHA256SUMS': `${'0'.repeat(64)}  ../../x.mjs\n` }, 1, /leaves the folder/],
      [
        'an absolute name',
        { 'vendor/SHA256SUMS': `${'0'.repeat(64)}  /etc/x.mjs\n` },
        1,
        /leaves the folder/,
      ],
      [
        'one name, two sums',
        { 'vendor/SHA256SUMS': `${'0'.repeat(64)}  e2e-gate.mjs\n${'1'.repeat(64)}  e2e-gate.mjs\n` },
        1,
        /twice/,
      ],
      ['a list that is none', { 'vendor/SHA256SUMS': 'hello\n' }, 3, /line 1 is no/],
      ['an empty list', { 'vendor/SHA256SUMS': '\n' }, 3, /lists no script/],
    ];
    for (const [name, files, code, words] of evil) {
      test(`a source with ${name}: nothing is written`, async () => {
        source.pushCommit({
          branch: 'main',
          message: name,
          files: { ...release('1.2.0'), ...files },
          by: 'ada',
        });
        const root = makeProject();
        await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.0');
        const there = readVendor(root);
        const result = await run(root, 'update', '--from', 'acme/switchyard@main');
        source.setBranch('main', two);
        assert.equal(result.code, code, result.stdout);
        assert.match(result.stdout, words);
        assert.deepEqual(readVendor(root), there);
      });
    }

    test('what cannot be read is told, nothing is written, and no token shows', async () => {
      const root = makeProject();
      const from = ['--from', 'acme/switchyard@main'];
      const first = forge.requests.length;
      assert.equal((await run(root, 'add', 'e2e-gate', ...from, '--dry-run')).code, 0);
      const calls = forge.requests.length - first;
      const faults = ['truncated', 'echo-authorization', 'wrong-shape'] as const;
      for (let index = 0; index < calls; index++) {
        for (const kind of faults) {
          const start = forge.requests.length;
          const shape = ['null', '{}', '[]', 'rows'][index % 4] as 'null';
          forge.setFault((_, at) =>
            at - start === index ? (kind === 'wrong-shape' ? { kind, shape } : { kind }) : null,
          );
          const result = await runScript('vendor-sync', ['add', 'e2e-gate', ...from], {
            env: { ...env, SWITCHYARD_HTTP_DEADLINE_MS: '1' },
            cwd: root,
          });
          assert.ok(
            [0, 3].includes(result.code ?? -1),
            `${kind} at ${index}: ${result.stdout}${result.stderr}`,
          );
          if (result.code === 0) assert.equal(readVendor(root)['e2e-gate.mjs'], bundle('e2e-gate', '1.1.0'));
          else assert.deepEqual(readVendor(root), {});
          assert.ok(!(result.stdout + result.stderr).includes(token), 'the token shows');
          rmSync(join(root, 'vendor'), { recursive: true, force: true });
        }
      }
      forge.setFault(() => null);
    });

    test('a server that overlooks the ref cannot pass another commit off as ours', async () => {
      forge.setFault((request) => {
        const path = /contents\/(vendor\/[^?]+)/.exec(request.call)?.[1];
        if (path === undefined) return null;
        const content = Buffer.from(release('1.1.0')[path] as string).toString('base64');
        return { kind: 'answer', status: 200, body: { path, type: 'file', encoding: 'base64', content } };
      });
      const root = makeProject();
      const result = await run(root, 'add', 'e2e-gate', '--from', 'acme/switchyard@v1.0.0');
      forge.setFault(() => null);
      assert.equal(result.code, 3);
      assert.match(result.stdout, /not the one of this commit/);
      assert.deepEqual(readVendor(root), {});
    });

    test('killed at any request, the same command again ends in the same state', async () => {
      const whole = makeProject();
      const first = forge.requests.length;
      await run(whole, 'add', '--from', 'acme/switchyard@v1.1.0');
      const calls = forge.requests.length - first;
      assert.ok(calls >= 7, `${calls} requests`);
      for (let index = 0; index < calls; index++) {
        const root = makeProject();
        const start = forge.requests.length;
        let child: import('node:child_process').ChildProcess | null = null;
        forge.setFault((_, at) => {
          if (at - start === index) child?.kill('SIGKILL');
          return null;
        });
        const args = ['add', '--from', 'acme/switchyard@v1.1.0'];
        const dead = await runScript('vendor-sync', args, {
          env,
          cwd: root,
          onStart: (made) => (child = made),
        });
        forge.setFault(() => null);
        assert.equal(dead.signal, 'SIGKILL');
        assert.deepEqual(readVendor(root), {}, 'nothing before everything is verified');
        assert.equal((await run(root, ...args)).code, 0);
        assert.deepEqual(readVendor(root), readVendor(whole));
      }
    });
  });
}

describe('vendor-sync from a folder', () => {
  const run = (root: string, ...args: string[]) =>
    runScript('vendor-sync', args, { cwd: root, runner: true });

  test('add, update and update --check, without any forge', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    const added = await run(root, 'add', 'e2e-gate', '--from', from);
    assert.equal(added.code, 0, added.stdout);
    const lock = JSON.parse(readVendor(root)[lockName] as string);
    assert.deepEqual([lock.source, lock.ref, lock.commit, lock.version], [from, null, null, '1.0.0']);
    assert.equal((await run(root, 'update', '--check')).code, 0);
    for (const [path, text] of Object.entries(release('1.1.0'))) writeFileSync(join(from, path), text);
    assert.equal((await run(root, 'update', '--check')).code, 1);
    assert.equal((await run(root, 'update')).outputs['version'], '1.1.0');
    assert.equal((await run(root, 'check')).code, 0);
  });

  test('a link in the source that leads out of it is refused', async () => {
    const from = writeFolder(release('1.0.0'));
    const elsewhere = writeFolder(release('1.0.0'));
    rmSync(join(from, 'vendor/e2e-gate.mjs'));
    symlinkSync(join(elsewhere, 'vendor/e2e-gate.mjs'), join(from, 'vendor/e2e-gate.mjs'));
    const root = makeProject();
    const result = await run(root, 'add', 'e2e-gate', '--from', from);
    assert.equal(result.code, 1, result.stdout);
    assert.match(result.stdout, /a link out of/);
    assert.deepEqual(readVendor(root), {});
  });

  test('links in the project are neither followed nor replaced', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = writeFolder({ 'other.txt': 'mine' });
    symlinkSync(join(root, 'other.txt'), join(root, 'vendor/e2e-gate.mjs'));
    const file = await run(root, 'add', 'e2e-gate', '--from', from);
    assert.equal(file.code, 1, file.stdout);
    assert.equal(readFileSync(join(root, 'other.txt'), 'utf8'), 'mine');
    const outside = makeProject();
    const linked = makeProject();
    symlinkSync(outside, join(linked, 'vendor'));
    const folder = await run(linked, 'add', 'e2e-gate', '--from', from);
    assert.equal(folder.code, 1, folder.stdout);
    assert.match(folder.stdout, /it is a link to/);
    assert.deepEqual(readdirSync(outside), []);
  });

  test('a file of ours that is not locked is extra, under whatever name; foreign files are not', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    await run(root, 'add', 'e2e-gate', '--from', from);
    writeFileSync(join(root, 'vendor/theirs.mjs'), '// not ours\n');
    writeFileSync(join(root, 'vendor/renamed.mjs'), bundle('ancestry', '1.0.0'));
    const result = await run(root, 'check');
    assert.equal(result.code, 1);
    assert.deepEqual([result.outputs['extra'], result.outputs['modified']], ['["renamed.mjs"]', '[]']);
    assert.equal((await run(root, 'check', 'e2e-gate')).code, 0, 'of one file alone');
  });

  test('killed between two renames, or left behind half a file: running again mends it', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    await run(root, 'add', '--from', from);
    const newer = writeFolder(release('1.1.0'));
    const whole = makeProject();
    await run(whole, 'add', '--from', newer);
    writeFileSync(join(root, 'vendor/ancestry.mjs'), bundle('ancestry', '1.1.0'));
    writeFileSync(join(root, 'vendor/.switchyard-00000000-0000-4000-8000-000000000000.tmp'), 'half');
    assert.equal((await run(root, 'check')).code, 1);
    assert.equal((await run(root, 'update', '--from', newer)).code, 0);
    assert.deepEqual(readVendor(root), readVendor(whole));
  });

  test('a folder that cannot be written: exit 3, and everything as before', { skip: unbound }, async () => {
    const from = writeFolder(release('1.0.0'));
    const root = writeFolder({});
    chmodSync(join(root, 'vendor'), 0o555);
    const options = { ...bound, cwd: root, runner: true };
    const result = await runScript('vendor-sync', ['add', '--from', from], options);
    chmodSync(join(root, 'vendor'), 0o755);
    assert.equal(result.code, 3);
    assert.match(result.stdout, /Cannot write vendor.*nothing was changed/);
    assert.deepEqual(readVendor(root), {});
  });

  test('what another run wrote meanwhile is not written over', () => {
    const folder = makeProject();
    writeFileSync(join(folder, 'a.mjs'), 'old');
    writeFileSync(join(folder, lockName), 'of another run');
    const files = [
      { file: 'a.mjs', bytes: Buffer.from('new'), old: Buffer.from('old') },
      { file: lockName, bytes: Buffer.from('new'), old: Buffer.from('as it was read') },
    ];
    assert.throws(
      () => replaceFiles(folder, files),
      /Cannot write .*lock\.json: it was changed since.*run it again/,
    );
    const first = [{ file: lockName, bytes: Buffer.from('new'), old: null }];
    assert.throws(() => replaceFiles(folder, first), /it was changed since/);
    assert.deepEqual(readdirSync(folder).sort(), ['a.mjs', lockName]);
    assert.equal(readFileSync(join(folder, 'a.mjs'), 'utf8'), 'old');
    assert.equal(readFileSync(join(folder, lockName), 'utf8'), 'of another run');
  });

  test('where git made CR LF of the line ends, check says so, and its mend holds in the next clone', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    const git = (folder: string, ...args: string[]) =>
      execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
    const clone = () => {
      const made = join(makeProject(), 'clone');
      git(root, 'clone', '-q', '-c', 'core.autocrlf=true', root, made);
      return made;
    };
    const commit = (folder: string) => {
      git(folder, 'add', '-A');
      git(folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'vendor');
    };
    git(root, 'init', '-q');
    await run(root, 'add', 'e2e-gate', 'ancestry', '--from', from);
    commit(root);
    const broken = clone();
    const red = await run(broken, 'check');
    assert.equal(red.code, 1);
    assert.match(red.stdout, /modified: e2e-gate\.mjs \(in its line ends alone\)/);
    const line = /commit (\S+\.gitattributes) with the line "([^"]+)"/.exec(red.stdout);
    assert.ok(line?.[1] && line[2], red.stdout);
    assert.doesNotMatch(red.stdout, /git checkout/);
    assert.equal((await run(broken, 'update')).code, 0);
    assert.equal((await run(broken, 'check')).code, 0);
    writeFileSync(join(root, line[1]), `${line[2]}\n`);
    commit(root);
    assert.equal((await run(clone(), 'check')).code, 0);
  });

  test('a link in the place of a locked file: what check says mends it', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    await run(root, 'add', 'e2e-gate', '--from', from);
    const file = join(root, 'vendor/e2e-gate.mjs');
    rmSync(file);
    symlinkSync(join(from, 'vendor/e2e-gate.mjs'), file);
    const red = await run(root, 'check');
    assert.equal(red.code, 1);
    assert.match(
      red.stdout,
      /it is no plain file\); delete vendor\/e2e-gate\.mjs, then node vendor\/vendor-sync\.mjs update/,
    );
    rmSync(file);
    assert.equal((await run(root, 'update')).code, 0);
    assert.equal((await run(root, 'check')).code, 0);
  });

  test('where a file cannot take its place, those before it are put back', () => {
    const folder = makeProject();
    writeFileSync(join(folder, 'a.mjs'), 'old');
    mkdirSync(join(folder, 'c.mjs'));
    const files = [
      { file: 'a.mjs', bytes: Buffer.from('new'), old: Buffer.from('old') },
      { file: 'b.mjs', bytes: Buffer.from('new'), old: null },
      { file: 'c.mjs', bytes: Buffer.from('new'), old: null },
    ];
    assert.throws(() => replaceFiles(folder, files), /Cannot write .*c\.mjs: .*\(nothing was changed\)/);
    assert.deepEqual(readdirSync(folder).sort(), ['a.mjs', 'c.mjs']);
    assert.equal(readFileSync(join(folder, 'a.mjs'), 'utf8'), 'old');
  });

  test('a file stands where the folder should be: exit 2; a folder stands where a script should be: exit 1', async () => {
    const from = writeFolder(release('1.0.0'));
    const root = makeProject();
    writeFileSync(join(root, 'vendor'), '');
    assert.equal((await run(root, 'add', '--from', from)).code, 2);
    const other = writeFolder({});
    mkdirSync(join(other, 'vendor/e2e-gate.mjs'));
    assert.equal((await run(other, 'add', '--from', from)).code, 1);
    assert.deepEqual(readdirSync(join(other, 'vendor')), ['e2e-gate.mjs']);
  });

  test('a disk that fills up: exit 3, and everything as before', async (t) => {
    if (process.platform !== 'linux') return t.skip('ulimit -f is tried on Linux only');
    const from = writeFolder(release('1.0.0'));
    const big = bundle('ancestry', '1.0.1') + `// ${'x'.repeat(3 * 1024 * 1024)}\n`;
    const root = makeProject();
    await run(root, 'add', '--from', from);
    const there = readVendor(root);
    writeFileSync(join(from, 'vendor/ancestry.mjs'), big);
    const sums = readFileSync(join(from, 'vendor/SHA256SUMS'), 'utf8');
    writeFileSync(join(from, 'vendor/SHA256SUMS'), sums.replace(sum(bundle('ancestry', '1.0.0')), sum(big)));
    const shell = makeProject();
    const limited = join(shell, 'node');
    writeFileSync(limited, `#!/bin/sh\nulimit -f 2048\ntrap '' XFSZ\nexec "${process.execPath}" "$@"\n`);
    chmodSync(limited, 0o755);
    const result = await runScript('vendor-sync', ['update'], { cwd: root, node: limited, coverage: false });
    assert.equal(result.code, 3, result.stdout + result.stderr);
    assert.match(result.stdout, /Cannot write vendor\/ancestry\.mjs: EFBIG.*\(nothing was changed\)/);
    assert.deepEqual(readVendor(root), there);
  });
});

describe('vendor-sync, called or found wrong', () => {
  const good = writeFolder(release('1.0.0'));
  const locked = (lock: unknown): Record<string, string> => ({
    [`vendor/${lockName}`]: typeof lock === 'string' ? lock : JSON.stringify(lock),
    'vendor/e2e-gate.mjs': bundle('e2e-gate', '1.0.0'),
  });
  const files = { 'e2e-gate.mjs': sum(bundle('e2e-gate', '1.0.0')) };
  const lock = { schema: 1, source: good, ref: null, commit: null, version: '1.0.0', files };

  const rows: [string, Record<string, string>, string[], number, RegExp][] = [
    ['no subcommand', {}, [], 2, /no subcommand/],
    ['an unknown subcommand', {}, ['remove'], 2, /no subcommand "remove"/],
    ['add without a source', {}, ['add', 'e2e-gate'], 2, /--from owner\/repo@ref/],
    ['an empty ref', {}, ['add', '--from', 'o/r@'], 2, /no ref/],
    ['a ref with ..', {}, ['add', '--from', 'o/r@a..b'], 2, /no ref/],
    ['a ref with white space', {}, ['add', '--from', 'o/r@a b'], 2, /no ref/],
    ['a name with a folder', {}, ['add', '../e2e-gate', '--from', good], 2, /no script's name/],
    ['an absolute name', {}, ['add', '/etc/passwd', '--from', good], 2, /no script's name/],
    [
      'an unknown name',
      {},
      ['add', 'nothing', '--from', good],
      2,
      /give one of ancestry, e2e-gate, vendor-sync/,
    ],
    ['an option of another command', {}, ['check', '--from', good], 2, /no such option/],
    ['a source that is not there', {}, ['add', '--from', './nowhere'], 3, /ENOENT.*--from owner\/repo@ref/],
    ['check without a lock', {}, ['check'], 1, /vendor-sync\.mjs add/],
    ['update without a lock', {}, ['update'], 1, /vendor-sync\.mjs add/],
    ['update of a name that is not locked', locked(lock), ['update', 'ancestry'], 2, /it is not locked/],
    ['check of a name that is not locked', locked(lock), ['check', 'ancestry'], 2, /it is not locked/],
    ['half a lock', locked(JSON.stringify(lock).slice(0, 60)), ['check'], 1, /not whole JSON/],
    ['half a lock, updated', locked(JSON.stringify(lock).slice(0, 60)), ['update'], 1, /not whole JSON/],
    ['half a lock, added to', locked('{'), ['add', 'ancestry', '--from', good], 1, /not whole JSON/],
    ['an empty lock', locked(''), ['check'], 1, /not whole JSON/],
    ['a lock that is a list', locked([]), ['check'], 1, /no JSON object/],
    ['a lock of another schema', locked({ ...lock, schema: 2 }), ['check'], 1, /schema is 2/],
    ['a lock without files', locked({ ...lock, files: {} }), ['check'], 1, /locks no file/],
    [
      'a lock whose name leaves the folder',
      locked({ ...lock, files: { '../x.mjs': sum('') } }),
      ['check'],
      1,
      /"\.\.\/x\.mjs"/,
    ],
    ['a lock with half a sum', locked({ ...lock, files: { 'a.mjs': 'abc' } }), ['check'], 1, /sum of a\.mjs/],
    ['a lock without source', locked({ ...lock, source: '' }), ['check'], 1, /no source/],
    [
      'a lock with half a commit',
      locked({ ...lock, ref: 'v1', commit: 'abc' }),
      ['check'],
      1,
      /no commit SHA/,
    ],
    ['a lock with a ref and no commit', locked({ ...lock, ref: 'v1' }), ['check'], 1, /only one of/],
    [
      'a lock whose source is no repository',
      locked({ ...lock, source: '../..', ref: 'v1', commit: 'a'.repeat(40) }),
      ['update'],
      1,
      /no owner\/repo@ref/,
    ],
    [
      'a locked script that the source has no more',
      locked({ ...lock, files: { ...files, 'gone.mjs': sum('') } }),
      ['update'],
      1,
      /no such script any more/,
    ],
    [
      'a token given as the name of a variable',
      {},
      ['add', '--from', 'o/r@v1', '--token-env', 'ghp_x-y'],
      2,
      /NAME of a variable/,
    ],
  ];
  for (const [name, there, args, code, words] of rows) {
    test(`${name}: exit ${code}, nothing written`, async () => {
      const root = writeFolder(there);
      const before = readVendor(root);
      const result = await runScript('vendor-sync', args, { cwd: root });
      assert.equal(result.code, code, result.stdout + result.stderr);
      assert.match(result.stdout + result.stderr, words);
      assert.doesNotMatch(result.stdout + result.stderr, /fault of our own/);
      if (code === 2) assert.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
      assert.deepEqual(readVendor(root), before);
    });
  }

  test("a job's own token goes to the job's own server only", async () => {
    const { forge, source, env } = await startSource('github');
    after(() => forge.close());
    source.private = false;
    const elsewhere = { ...env, GITHUB_API_URL: 'https://gitea.example/api/v1', SWITCHYARD_TOKEN: undefined };
    const args = [
      'add',
      'e2e-gate',
      '--from',
      'acme/switchyard@v1.0.0',
      '--api-url',
      forge.apiUrl,
      '--forge',
      'github',
    ];
    const result = await runScript('vendor-sync', args, {
      env: { ...elsewhere, GITHUB_TOKEN: 'the-token-of-the-job' },
      cwd: makeProject(),
    });
    assert.equal(result.code, 0, result.stdout + result.stderr);
    assert.ok(forge.requests.every((request) => request.headers.authorization === undefined));
    const named = await runScript('vendor-sync', args, {
      env: { ...elsewhere, SWITCHYARD_TOKEN: env['SWITCHYARD_TOKEN'] },
      cwd: makeProject(),
    });
    assert.equal(named.code, 0, named.stdout + named.stderr);
    assert.ok(forge.requests.slice(-2).every((request) => request.headers.authorization !== undefined));
  });

  test('--json prints the record alone on stdout', async () => {
    const result = await runScript('vendor-sync', ['add', 'e2e-gate', '--from', good, '--json'], {
      cwd: makeProject(),
    });
    assert.equal(result.stdout.trim().split('\n').length, 1);
    assert.deepEqual(
      [result.record.script, result.record.decision, result.record.changed],
      ['vendor-sync', 'added', true],
    );
    assert.deepEqual(result.record.details.files, files);
  });
});
