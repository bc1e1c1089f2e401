import { join } from 'node:path';
import { CouldNotTell } from '../errors.ts';
import { Refusal } from '../forge/refusal.ts';
import type { FolderGit } from '../git-folder.ts';
import type { Git, GitAnswer } from '../git.ts';
import type { WorkFolder } from '../work-folder.ts';
import { openMergeClone } from './merge-clone.ts';
import type { Applied, Due, SyncPlace, SyncTransport } from './transport.ts';

export interface GitSyncSettings {
  git: Git;
  url: string;
  folder: WorkFolder;
  author: { name: string; email: string };
}

/** A merge made by git in a temporary clone with the whole history of both branches. */
export function openGitSync(place: SyncPlace, settings: GitSyncSettings): SyncTransport {
  const { repo, from, to } = place;
  const { url, folder } = settings;
  const clone = openMergeClone(place, { ...settings, path: join(folder.path, 'clone') });
  const { toServer } = clone;
  let merged: string | null = null;
  let pushed: Due | null = null;

  return {
    async look() {
      const heads = await clone.fetchHeads();
      if (await clone.isAncestor(heads.from, heads.to)) {
        return { kind: 'in-sync', to: heads.to, why: `${to} holds all of ${from}` };
      }
      const isBehind = await clone.isAncestor(heads.to, heads.from);
      const hasSameFiles = await clone.hasSameFiles(heads);
      if (isBehind) return { kind: 'fast-forward', ...heads, hasSameFiles };
      if (hasSameFiles) {
        return { kind: 'in-sync', to: heads.to, why: `${from} and ${to} hold the same files` };
      }
      const made = await clone.merge(heads);
      if ('files' in made) return { kind: 'conflict', ...heads, files: made.files };
      merged = made.sha;
      return { kind: 'merge', ...heads };
    },
    async apply(standing): Promise<Applied> {
      const sha = standing.kind === 'merge' ? merged : standing.from;
      if (sha === null)
        throw new CouldNotTell(`Cannot push to ${to} of ${repo}: nothing was merged; run again`);
      // The lease binds the push to the head that was looked at; what it pushes has that head below it.
      const lease = `--force-with-lease=refs/heads/${to}:${standing.to}`;
      pushed = standing;
      const refs = ['--', url, `${sha}:refs/heads/${to}`];
      const args = ['push', '--porcelain', '--no-recurse-submodules', lease, ...refs];
      const answer = await push(toServer, args);
      if ('lost' in answer) return { kind: 'raced', message: answer.lost };
      if (answer.code === 0) {
        if (answer.stdout.includes(`:refs/heads/${to}\t`)) return { kind: 'done', sha };
        const found = 'ended with 0, but names no branch it wrote';
        return { kind: 'raced', message: `git push to ${to} of ${repo} ${found}` };
      }
      const refusal = toServer.refuse(args, answer, `push to ${to} of ${repo}`);
      return readRefusal(refusal, `${answer.stderr}\n${answer.stdout}`);
    },
    /** A server may refuse a push that git sent again because its first answer was lost: what stands there tells. */
    isOurs(head) {
      if (pushed === null) return Promise.resolve(false);
      if (pushed.kind === 'fast-forward') return Promise.resolve(head === pushed.from);
      return merged === null ? Promise.resolve(false) : clone.isAncestor(merged, head);
    },
    close: folder.remove,
  };
}

/** A push that was cut off may have been carried out: the next look tells. */
async function push(toServer: FolderGit, args: readonly string[]): Promise<GitAnswer | { lost: string }> {
  try {
    return await toServer.run(args);
  } catch (error) {
    if (error instanceof CouldNotTell) return { lost: error.message };
    throw error;
  }
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
