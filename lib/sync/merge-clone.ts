import { mkdirSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { CouldNotTell } from '../errors.ts';
import { openFolderGit, type FolderGit } from '../git-folder.ts';
import { makeAuthorVariables } from '../git-variables.ts';
import type { Git } from '../git.ts';
import { readUnmerged } from './git-conflicts.ts';
import type { SyncPlace } from './transport.ts';

export interface Heads {
  from: string;
  to: string;
}

/** A temporary clone with the whole history of both branches. */
export interface MergeClone {
  /** git in it that talks to the server, as this machine is set up to. */
  toServer: FolderGit;
  /** Both branches as the server has them now. */
  fetchHeads(): Promise<Heads>;
  isAncestor(older: string, newer: string): Promise<boolean>;
  hasSameFiles(heads: Heads): Promise<boolean>;
  /** Merges `from` into `to` in the clone: the commit, or the files that conflict. */
  merge(heads: Heads): Promise<{ sha: string } | { files: string[] }>;
}

export interface MergeCloneSettings {
  git: Git;
  url: string;
  /** Not there yet, in a folder that is. */
  path: string;
  author: { name: string; email: string };
}

/** Nothing is fetched before it is asked for; every call throws Refusal or CouldNotTell. */
export function openMergeClone(place: SyncPlace, settings: MergeCloneSettings): MergeClone {
  const { repo, from, to } = place;
  const { git, path } = settings;
  const toServer = openFolderGit(git, { folder: path, variables: {} });
  // This machine's settings and attributes would choose another merge, run drivers and filters, and ask for
  // signatures. Large files keep their pointers without them: a merge needs no more.
  const variables = {
    ...makeAuthorVariables(settings.author),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    XDG_CONFIG_HOME: join(path, '.git', 'no-config'),
  };
  const inClone = openFolderGit(git, { folder: path, variables });
  let isMade = false;

  async function make(...format: string[]): Promise<void> {
    mkdirSync(path);
    await inClone.read(['init', '--quiet', ...format], { purpose: 'make a temporary repository' });
    isMade = true;
  }

  return {
    toServer,
    async fetchHeads() {
      if (!isMade) await make();
      const refs = [`+refs/heads/${from}:refs/sync/from`, `+refs/heads/${to}:refs/sync/to`];
      const args = ['fetch', '--quiet', '--no-tags', '--', settings.url, ...refs];
      let answer = await toServer.run(args);
      if (/mismatched algorithms: client sha1; server sha256/.test(answer.stderr)) {
        rmSync(path, { recursive: true });
        await make('--object-format=sha256');
        answer = await toServer.run(args);
      }
      const purpose = `fetch ${from} and ${to} of ${repo}`;
      if (answer.code !== 0) throw toServer.refuse(args, answer, purpose);
      // git leaves such branches out, with a warning alone.
      if (/shallow roots are not allowed/.test(answer.stderr)) {
        throw new CouldNotTell(
          `Cannot ${purpose}: ${git.describe(args, answer)}; give the server's repository its whole history, by "git fetch --unshallow" there`,
        );
      }
      const [theirs, ours] = await readNames(['refs/sync/from', 'refs/sync/to'], 'read both heads');
      return { from: theirs, to: ours };
    },
    async isAncestor(older, newer) {
      const args = ['merge-base', '--is-ancestor', older, newer];
      const answer = await inClone.run(args);
      if (answer.code > 1) throw inClone.refuse(args, answer, `compare ${from} with ${to} of ${repo}`);
      return answer.code === 0;
    },
    async hasSameFiles(heads) {
      const [theirs, ours] = await readNames(
        [`${heads.from}^{tree}`, `${heads.to}^{tree}`],
        'read both trees',
      );
      return theirs === ours;
    },
    merge: (heads) => merge(inClone, { ...place, heads }),
  };

  async function readNames(revisions: readonly [string, string], purpose: string): Promise<[string, string]> {
    const names = (await inClone.read(['rev-parse', ...revisions], { purpose })).split(/\s+/).filter(Boolean);
    const [first, second] = names;
    if (first !== undefined && second !== undefined) return [first, second];
    throw new CouldNotTell(
      `Cannot ${purpose}: git named ${names.length} of 2; check the git that is first in PATH, then run again`,
    );
  }
}

async function merge(
  inClone: FolderGit,
  { repo, from, to, message, heads }: SyncPlace & { heads: Heads },
): Promise<{ sha: string } | { files: string[] }> {
  await inClone.read(['checkout', '--quiet', '--force', '--detach', heads.to], {
    purpose: `check out ${to} of ${repo}`,
  });
  const args = ['merge', '--no-ff', '--no-edit', '--quiet', '-m', message, heads.from];
  const answer = await inClone.run(args);
  if (answer.code === 0)
    return { sha: await inClone.read(['rev-parse', 'HEAD'], { purpose: 'read the merge' }) };
  const refusal = inClone.refuse(args, answer, `merge ${from} into ${to} of ${repo}`);
  if (/unrelated histories/.test(answer.stderr)) {
    const [found = ''] = refusal.message.split('; ', 1);
    throw new CouldNotTell(`${found}; check that both branches are meant: they share no history`);
  }
  const files = await readUnmerged(inClone, heads);
  if (files.length === 0) throw refusal;
  await inClone.read(['merge', '--abort'], { purpose: 'leave the merge' });
  return { files };
}
