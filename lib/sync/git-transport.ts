import { mkdirSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { CouldNotTell } from '../errors.ts';
import { Refusal } from '../forge/refusal.ts';
import { refuseGit } from '../git-refusal.ts';
import type { Git, GitAnswer } from '../git.ts';
import type { WorkFolder } from '../work-folder.ts';
import { readUnmerged } from './git-conflicts.ts';
import type { Applied, Due, Standing, SyncPlace, SyncTransport } from './transport.ts';

export interface GitSyncSettings {
  git: Git;
  url: string;
  folder: WorkFolder;
  author: { name: string; email: string };
}

/** A merge made by git in a temporary clone with the whole history of both branches. */
export function openGitSync(place: SyncPlace, settings: GitSyncSettings): SyncTransport {
  const { repo, from, to, message } = place;
  const { git, url, folder, author } = settings;
  const clone = join(folder.path, 'clone');
  const variables = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    // The settings and attributes of this machine choose other merges, run drivers and filters, and ask for signatures.
    // Large files keep their pointers without them: a merge needs no more.
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    XDG_CONFIG_HOME: folder.path,
  };
  let isMade = false;
  let merged: string | null = null;
  let pushed: Due | null = null;

  async function run(args: readonly string[], purpose: string): Promise<string> {
    const answer = await git.run(args, { cwd: clone, variables });
    if (answer.code !== 0) throw refuseGit(git, args, answer, purpose);
    return answer.stdout.trim();
  }

  async function isAncestor(older: string, newer: string): Promise<boolean> {
    const args = ['merge-base', '--is-ancestor', older, newer];
    const answer = await git.run(args, { cwd: clone, variables });
    if (answer.code > 1) throw refuseGit(git, args, answer, `compare ${from} with ${to} of ${repo}`);
    return answer.code === 0;
  }

  async function makeClone(...format: string[]): Promise<void> {
    mkdirSync(clone);
    await run(['init', '--quiet', ...format], 'make a temporary repository');
  }

  async function fetchHeads(): Promise<{ from: string; to: string }> {
    if (!isMade) await makeClone();
    isMade = true;
    const refs = [`+refs/heads/${from}:refs/sync/from`, `+refs/heads/${to}:refs/sync/to`];
    const args = ['fetch', '--quiet', '--no-tags', '--', url, ...refs];
    let answer = await git.run(args, { cwd: clone });
    if (/mismatched algorithms: client sha1; server sha256/.test(answer.stderr)) {
      rmSync(clone, { recursive: true });
      await makeClone('--object-format=sha256');
      answer = await git.run(args, { cwd: clone });
    }
    if (answer.code !== 0) throw refuseGit(git, args, answer, `fetch ${from} and ${to} of ${repo}`);
    const [theirs = '', ours = ''] = (
      await run(['rev-parse', 'refs/sync/from', 'refs/sync/to'], 'read both heads')
    ).split(/\s+/);
    return { from: theirs, to: ours };
  }

  async function tryMerge(heads: { from: string; to: string }): Promise<Standing> {
    await run(['checkout', '--quiet', '--force', '--detach', heads.to], `check out ${to} of ${repo}`);
    const args = ['merge', '--no-ff', '--no-edit', '--quiet', '-m', message, heads.from];
    const answer = await git.run(args, { cwd: clone, variables });
    if (answer.code === 0) {
      merged = await run(['rev-parse', 'HEAD'], 'read the merge');
      return { kind: 'merge', ...heads };
    }
    const purpose = `merge ${from} into ${to} of ${repo}`;
    if (/unrelated histories/.test(answer.stderr)) {
      throw new CouldNotTell(
        `Cannot ${purpose}: ${git.describe(args, answer)}; the branches share no history: check that both are meant, or merge them once by hand with --allow-unrelated-histories`,
      );
    }
    const files = await readUnmerged((words) => git.run(words, { cwd: clone, variables }), heads);
    if (files.length === 0) throw refuseGit(git, args, answer, purpose);
    await run(['merge', '--abort'], 'leave the merge');
    return { kind: 'conflict', ...heads, files };
  }

  /** A push that was cut off may have been carried out: the next look tells. */
  async function push(args: readonly string[]): Promise<GitAnswer | { lost: string }> {
    try {
      return await git.run(args, { cwd: clone });
    } catch (error) {
      if (error instanceof CouldNotTell) return { lost: error.message };
      throw error;
    }
  }

  return {
    async look() {
      const heads = await fetchHeads();
      if (await isAncestor(heads.from, heads.to)) {
        return { kind: 'in-sync', to: heads.to, why: `${to} holds all of ${from}` };
      }
      if (await isAncestor(heads.to, heads.from)) return { kind: 'fast-forward', ...heads };
      const trees = await run(['rev-parse', `${heads.from}^{tree}`, `${heads.to}^{tree}`], 'read both trees');
      const [theirs, ours] = trees.split(/\s+/);
      if (theirs === ours) {
        return { kind: 'in-sync', to: heads.to, why: `${from} and ${to} hold the same files` };
      }
      return tryMerge(heads);
    },
    async apply(standing): Promise<Applied> {
      const sha = standing.kind === 'merge' ? merged : standing.from;
      if (sha === null)
        throw new CouldNotTell(`Cannot push to ${to} of ${repo}: nothing was merged; run again`);
      // The lease binds the push to the head that was looked at; what it pushes has that head below it.
      const lease = `--force-with-lease=refs/heads/${to}:${standing.to}`;
      pushed = standing;
      const args = [
        'push',
        '--porcelain',
        '--no-recurse-submodules',
        lease,
        '--',
        url,
        `${sha}:refs/heads/${to}`,
      ];
      const answer = await push(args);
      if ('lost' in answer) return { kind: 'raced', message: answer.lost };
      if (answer.code === 0) {
        if (answer.stdout.includes(`:refs/heads/${to}\t`)) return { kind: 'done', sha };
        return {
          kind: 'raced',
          message: `git push to ${to} of ${repo} ended with 0, but names no branch it wrote`,
        };
      }
      const refusal = refuseGit(git, args, answer, `push to ${to} of ${repo}`);
      return readRefusal(refusal, `${answer.stderr}\n${answer.stdout}`);
    },
    /** A server may refuse a push that git sent again because its first answer was lost: what stands there tells. */
    isOurs(head) {
      if (pushed === null) return Promise.resolve(false);
      if (pushed.kind === 'fast-forward') return Promise.resolve(head === pushed.from);
      return merged === null ? Promise.resolve(false) : isAncestor(merged, head);
    },
    close: folder.remove,
  };
}

function readRefusal(refusal: Refusal, text: string): Applied {
  const { message } = refusal;
  if (refusal.kind === 'protected') {
    const isRule = /protected branch|GH006|GH013|rule violations|protected from|Internal Server Error/i.test(
      text,
    );
    return { kind: isRule ? 'protected' : 'refused', message };
  }
  if (refusal.kind === 'race') return { kind: 'raced', message };
  if (refusal.mayPass) return { kind: 'raced', message, fault: refusal };
  throw refusal;
}
