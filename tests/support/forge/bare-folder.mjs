// A bare repository on disk, written as loose objects and refs, so that writing it needs no `git`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** @typedef {import('./git-objects.mjs').ObjectType} ObjectType */
/** @typedef {import('./repository.mjs').Repository} Repository */

// The forge passes the names of protected branches, and how it refuses, in the environment of a push.
const PRE_RECEIVE = `#!/bin/sh
status=0
while read -r old new ref; do
  for protected in $FORGE_PROTECTED; do
    if [ "$ref" = "refs/heads/$protected" ]; then
      echo "$FORGE_REFUSAL $protected" >&2
      status=1
    fi
  done
done
exit $status
`;

export class BareFolder {
  /**
   * @param {string} path
   * @param {string} defaultBranch
   */
  constructor(path, defaultBranch) {
    this.path = path;
    if (existsSync(join(path, 'HEAD'))) return;
    for (const part of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'hooks', 'info']) {
      mkdirSync(join(path, part), { recursive: true });
    }
    writeFileSync(join(path, 'HEAD'), `ref: refs/heads/${defaultBranch}\n`);
    writeFileSync(
      join(path, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[http]\n\treceivepack = true\n' +
        '[receive]\n\tautogc = false\n[gc]\n\tauto = 0\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n',
    );
    writeFileSync(join(path, 'hooks', 'pre-receive'), PRE_RECEIVE, { mode: 0o755 });
  }

  /**
   * @param {string} sha
   * @param {ObjectType} type
   * @param {Buffer} body
   */
  writeObject(sha, type, body) {
    const file = join(this.path, 'objects', sha.slice(0, 2), sha.slice(2));
    if (existsSync(file)) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, deflateSync(Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])), {
      mode: 0o444,
    });
  }

  /**
   * @param {string} ref
   * @param {string | null} sha null removes it
   */
  setRef(ref, sha) {
    const file = join(this.path, ref);
    if (sha === null) return rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${sha}\n`);
  }

  /**
   * Reads refs, and the objects behind them that the repository does not have yet.
   * @param {Repository} repo
   * @returns {{ branch: string, before: string | null, after: string | null }[]} the branches that moved
   */
  readInto(repo) {
    const refs = this.readRefs();
    if (refs === null) return [];
    this.readObjects(repo, [...refs.values()]);
    /** @type {{ branch: string, before: string | null, after: string | null }[]} */
    const moved = [];
    for (const [ref, sha] of refs) {
      if (ref.startsWith('refs/tags/')) repo.tags.set(ref.slice('refs/tags/'.length), sha);
      if (!ref.startsWith('refs/heads/')) continue;
      const branch = ref.slice('refs/heads/'.length);
      const before = repo.branches.get(branch) ?? null;
      if (before === sha) continue;
      repo.branches.set(branch, sha);
      moved.push({ branch, before, after: sha });
    }
    for (const [branch, before] of [...repo.branches]) {
      if (refs.has(`refs/heads/${branch}`)) continue;
      repo.branches.delete(branch);
      moved.push({ branch, before, after: null });
    }
    return moved;
  }

  /** @returns {Map<string, string> | null} null where there is no `git` to ask, or nothing to read */
  readRefs() {
    const { status, stdout } = this.git(['for-each-ref', '--format=%(objectname) %(refname)']);
    if (status !== 0) return null;
    const lines = stdout.toString('utf8').split('\n').filter(Boolean);
    return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
  }

  /**
   * @param {Repository} repo
   * @param {string[]} tips
   */
  readObjects(repo, tips) {
    const known = [...repo.branches.values()].filter((sha) => repo.store.commits.has(sha));
    const listed = this.git(
      ['rev-list', '--objects', '--stdin'],
      `${[...tips, ...known.map((sha) => `^${sha}`)].join('\n')}\n`,
    );
    const shas = listed.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.slice(0, 40))
      .filter(Boolean);
    const wanted = [...new Set(shas)].filter((sha) => !repo.store.objects.has(sha));
    if (wanted.length === 0) return;
    const { stdout } = this.git(['cat-file', '--batch'], `${wanted.join('\n')}\n`);
    for (let at = 0; at < stdout.length;) {
      const end = stdout.indexOf(10, at);
      const [, type, size] = stdout.toString('latin1', at, end).split(' ');
      const body = stdout.subarray(end + 1, end + 1 + Number(size));
      repo.store.write(/** @type {ObjectType} */ (type), Buffer.from(body));
      at = end + 2 + Number(size);
    }
  }

  /**
   * @param {string[]} args
   * @param {string} [input]
   */
  git(args, input = '') {
    const options = {
      input,
      maxBuffer: 1 << 28,
      env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1' },
    };
    const { status, stdout } = spawnSync('git', ['--git-dir', this.path, ...args], options);
    return { status, stdout: stdout ?? Buffer.alloc(0) };
  }
}
