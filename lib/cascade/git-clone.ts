import { mkdirSync } from 'node:fs';
import { Refusal } from '../forge/refusal.ts';
import type { FolderGit } from '../git-folder.ts';
import { refuseGit } from '../git-refusal.ts';
import type { Git } from '../git.ts';
import { removeFolder } from '../work-folder.ts';

/** One repository, and where its bare clone of depth 1 is kept. */
export interface ClonePlace {
  repo: string;
  url: string;
  /** Removed at the end, whatever happens. */
  folder: string;
  /** The clone, in `folder`. */
  path: string;
  git: Git;
  /** git in the clone. */
  inClone: FolderGit;
}

/** A branch as it was last read; `tip` is null where the repository has no commit yet. */
export interface Head {
  branch: string;
  tip: string | null;
}

/** Clones the branch, or the default one for null. Throws Refusal where it is not there, or is none. */
export async function cloneBranch(place: ClonePlace, branch: string | null): Promise<Head> {
  const { repo, url, folder, path, git, inClone } = place;
  removeFolder(folder);
  mkdirSync(folder, { recursive: true });
  const options = ['--bare', '--quiet', '--depth=1', '--single-branch', '--no-tags'];
  const chosen = branch === null ? [] : ['--branch', branch];
  const args = ['clone', ...options, ...chosen, '--', url, path];
  const answer = await git.run(args, { cwd: folder });
  if (answer.code !== 0) throw refuseGit(git, args, answer, `clone ${repo}`);
  const cloned = await readClonedBranch(place, branch);
  const found = await inClone.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (found.code === 0) return { branch: cloned, tip: found.stdout.trim() };
  await assertEmpty(place, cloned);
  return { branch: cloned, tip: null };
}

/** `git clone --branch` takes a tag where there is no such branch, and a push would make the branch. */
async function readClonedBranch({ repo, inClone }: ClonePlace, wanted: string | null): Promise<string> {
  const head = await inClone.run(['symbolic-ref', '--quiet', 'HEAD']);
  const found = head.code === 0 ? head.stdout.trim() : '';
  const heads = 'refs/heads/';
  if (wanted === null ? found.startsWith(heads) : found === `${heads}${wanted}`) {
    return found.slice(heads.length);
  }
  throw notFound(
    wanted === null
      ? `Cannot clone ${repo}: the server names no default branch; give --branch`
      : `Cannot clone ${repo}: "${wanted}" is a tag there, and no branch; give --branch the name of a branch`,
  );
}

/** git's own trace of a line that only a git server sends first. */
const serverLine = /^\S+ \S+\s+packet:\s+\S+< (version \d|# service=|\S+ capabilities\^)/m;

/**
 * A default branch that is not there, among others that are, is no empty repository; nor is an answer without a word
 * of git's protocol, such as a proxy's of no bytes, which git takes for one.
 */
async function assertEmpty({ repo, url, inClone }: ClonePlace, branch: string): Promise<void> {
  const args = ['ls-remote', '--heads', '--', url];
  const answer = await inClone.run(args, { variables: { GIT_TRACE_PACKET: '1' } });
  if (answer.code !== 0) throw inClone.refuse(args, answer, `read the branches of ${repo}`);
  if (!serverLine.test(answer.stderr)) {
    throw new Refusal(`Cannot read the branches of ${repo}: what answered is no git server; check the URL`, {
      kind: 'error',
      mayPass: true,
    });
  }
  if (answer.stdout.trim() === '') return;
  throw notFound(`Cannot clone ${repo}: its default branch "${branch}" is not there; give --branch`);
}

function notFound(message: string): Refusal {
  return new Refusal(message, { kind: 'not-found', mayPass: false });
}

/** The branch as the server has it now. Throws Refusal where it cannot be fetched, or is gone. */
export async function fetchHead({ repo, url, inClone }: ClonePlace, head: Head): Promise<Head> {
  const args = ['fetch', '--quiet', '--depth=1', '--no-tags', '--', url, `refs/heads/${head.branch}`];
  const answer = await inClone.run(args);
  if (answer.code === 0) {
    const tip = await inClone.read(['rev-parse', '--verify', 'FETCH_HEAD^{commit}'], {
      purpose: `read ${repo}`,
    });
    return { ...head, tip };
  }
  const isStillEmpty = head.tip === null && /couldn't find remote ref/i.test(answer.stderr);
  if (isStillEmpty) return head;
  throw inClone.refuse(args, answer, `fetch ${repo}`);
}
