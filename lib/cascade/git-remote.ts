import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../forge/refusal.ts';
import { refuseGit } from '../git-refusal.ts';
import type { Git, GitAnswer } from '../git.ts';
import { removeFolder } from '../work-folder.ts';
import type { Content, Remote, Wanted } from './remote.ts';

export interface GitRemoteSettings {
  git: Git;
  url: string;
  /** Removed at the end, whatever happens. */
  folder: string;
}

interface Entry {
  mode: string;
  type: string;
  sha: string;
}

/**
 * A repository on any git server: a bare clone of depth 1, a commit made of git's own objects without a work
 * tree (so no filter, hook or link on this machine can change what is pushed), and a push that is never forced.
 */
export function openGitRemote(repo: string, wanted: Wanted, settings: GitRemoteSettings): Remote {
  const { git, url, folder } = settings;
  const author = wanted.author;
  const who = author === null ? {} : { name: author.name, email: author.email };
  const clone = join(folder, 'clone.git');
  let branch = wanted.branch;
  let tip: string | null = null;
  let mine: string | null = null;
  let entry: Entry | null = null;
  let isCloned = false;

  async function run(args: readonly string[], purpose: string, input?: string): Promise<string> {
    const answer = await git.run(args, {
      cwd: clone,
      ...(input === undefined ? {} : { input }),
      variables: variables(),
    });
    if (answer.code !== 0) throw refuseGit(git, args, answer, purpose);
    return answer.stdout.trim();
  }

  const variables = (): Record<string, string> => ({
    GIT_LITERAL_PATHSPECS: '1',
    GIT_INDEX_FILE: join(clone, 'switchyard-index'),
    ...(who.name === undefined
      ? {}
      : {
          GIT_AUTHOR_NAME: who.name,
          GIT_AUTHOR_EMAIL: who.email,
          GIT_COMMITTER_NAME: who.name,
          GIT_COMMITTER_EMAIL: who.email,
        }),
  });

  async function cloneOnce(): Promise<void> {
    removeFolder(folder);
    mkdirSync(folder, { recursive: true });
    const chosen = branch === null ? [] : ['--branch', branch];
    const args = [
      'clone',
      '--bare',
      '--quiet',
      '--depth=1',
      '--single-branch',
      '--no-tags',
      ...chosen,
      '--',
      url,
      clone,
    ];
    const answer = await git.run(args, { cwd: folder });
    if (answer.code !== 0) throw refuseGit(git, args, answer, `clone ${repo}`);
    isCloned = true;
    await assertOnBranch();
    branch ??= await readDefaultBranch();
    const found = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { cwd: clone });
    tip = found.code === 0 ? found.stdout.trim() : null;
    if (tip === null) await assertEmpty();
  }

  /** `git clone --branch` takes a tag where there is no such branch, and a push would make the branch. */
  async function assertOnBranch(): Promise<void> {
    if (branch === null) return;
    const head = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { cwd: clone });
    if (head.code === 0 && head.stdout.trim() === `refs/heads/${branch}`) return;
    throw new Refusal(
      `Cannot clone ${repo}: "${branch}" is a tag there, and no branch; give --branch the name of a branch`,
      { kind: 'not-found', mayPass: false },
    );
  }

  async function readDefaultBranch(): Promise<string> {
    const head = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { cwd: clone });
    const name = head.stdout.trim();
    if (head.code === 0 && name.startsWith('refs/heads/')) return name.slice('refs/heads/'.length);
    throw new Refusal(`Cannot clone ${repo}: the server names no default branch; give --branch`, {
      kind: 'not-found',
      mayPass: false,
    });
  }

  /**
   * A default branch that is not there, among others that are, is no empty repository; nor is an answer without a word
   * of git's protocol, such as a proxy's, which git takes for one.
   */
  async function assertEmpty(): Promise<void> {
    const args = ['ls-remote', '--heads', '--', url];
    const answer = await git.run(args, { cwd: clone, variables: { ...variables(), GIT_TRACE_PACKET: '1' } });
    if (answer.code !== 0) throw refuseGit(git, args, answer, `read the branches of ${repo}`);
    const isGitServer = /^\S+ \S+\s+packet:\s+\S+< (version \d|# service=|\S+ capabilities\^)/m.test(
      answer.stderr,
    );
    if (answer.stdout.trim() === '' && isGitServer) return;
    if (!isGitServer) {
      // git takes a body of no bytes, as a proxy may send it, for a repository without branches.
      throw new Refusal(
        `Cannot read the branches of ${repo}: what answered is no git server; check the URL`,
        {
          kind: 'error',
          mayPass: true,
        },
      );
    }
    throw new Refusal(`Cannot clone ${repo}: its default branch "${branch}" is not there; give --branch`, {
      kind: 'not-found',
      mayPass: false,
    });
  }

  async function fetchTip(): Promise<void> {
    const args = ['fetch', '--quiet', '--depth=1', '--no-tags', '--', url, `refs/heads/${branch}`];
    const answer = await git.run(args, { cwd: clone });
    if (answer.code === 0) tip = await run(['rev-parse', '--verify', 'FETCH_HEAD^{commit}'], `read ${repo}`);
    else if (tip !== null || !/couldn't find remote ref/i.test(answer.stderr)) {
      throw refuseGit(git, args, answer, `fetch ${repo}`);
    }
  }

  async function readEntry(path: string): Promise<Entry | null> {
    if (tip === null) return null;
    const line = await run(['ls-tree', '-z', tip, '--', path], `read ${path} of ${repo}`);
    const match = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(line);
    return match === null ? null : { mode: match[1] ?? '', type: match[2] ?? '', sha: match[3] ?? '' };
  }

  async function commit(): Promise<string> {
    const purpose = `commit ${wanted.file} of ${repo}`;
    const blob = await run(['hash-object', '-w', '--stdin'], purpose, wanted.content.toString('utf8'));
    await run(['read-tree', ...(tip === null ? ['--empty'] : [tip])], purpose);
    const mode = entry?.mode === '100755' ? '100755' : '100644';
    await run(['update-index', '--add', '--cacheinfo', `${mode},${blob},${wanted.file}`], purpose);
    const tree = await run(['write-tree'], purpose);
    const parents = tip === null ? [] : ['-p', tip];
    return run(['commit-tree', tree, ...parents, '-F', '-'], purpose, wanted.message);
  }

  return {
    async read(): Promise<Content> {
      await (isCloned ? fetchTip() : cloneOnce());
      if (wanted.requireFile !== null && (await readEntry(wanted.requireFile)) === null) {
        return { state: 'not-due' };
      }
      entry = await readEntry(wanted.file);
      if (entry === null) return { state: 'no-file' };
      if (entry.type !== 'blob' || entry.mode === '120000') {
        const found = entry.type === 'tree' ? 'a folder' : entry.type === 'blob' ? 'a link' : 'a submodule';
        throw new Refusal(`Cannot write ${wanted.file} of ${repo}: it is ${found}; give another --file`, {
          kind: 'error',
          mayPass: false,
        });
      }
      const answer: GitAnswer = await git.run(['cat-file', 'blob', entry.sha], { cwd: clone });
      const text = answer.code === 0 ? answer.stdout : null;
      const isWanted = text !== null && text === wanted.content.toString('utf8');
      return { state: 'file', id: `${tip}:${entry.sha}`, text, commit: tip, isWanted };
    },
    async write() {
      mine = await commit();
      const args = ['push', '--quiet', '--porcelain', '--', url, `${mine}:refs/heads/${branch}`];
      const answer = await git.run(args, { cwd: clone, variables: variables() });
      if (answer.code !== 0) throw refuseGit(git, args, answer, `push to ${branch} of ${repo}`);
      return mine;
    },
    async findCommit() {
      if (mine === null || mine === tip) return mine;
      const args = ['fetch', '--quiet', '--deepen=50', '--no-tags', '--', url, `refs/heads/${branch}`];
      await git.run(args, { cwd: clone });
      const isBelow = await git.run(['merge-base', '--is-ancestor', mine, tip ?? ''], { cwd: clone });
      if (isBelow.code === 0) return mine;
      return run(['log', '-1', '--format=%H', tip ?? '', '--', wanted.file], `read the log of ${repo}`);
    },
    close() {
      removeFolder(folder);
      return Promise.resolve();
    },
  };
}
