import type { Api } from '../forge/api.ts';
import {
  assertEmpty,
  fetchDefaultBranchOf,
  fetchFile,
  fetchFileCommits,
  holds,
  writeFile,
  type FilePlace,
  type FileState,
} from '../forge/file.ts';
import { fetchBranchState } from '../forge/merge.ts';
import { Refusal } from '../forge/refusal.ts';
import type { Content, Remote, Wanted } from './remote.ts';

/** So many of a file's newest commits are looked through for ours. */
const mostCommits = 10;

/** A repository through its forge's contents API: one commit, and no clone. */
export function openApiRemote(api: Api, repo: string, wanted: Wanted): Remote {
  const { branch } = wanted;
  const place: FilePlace = { repo, branch, path: wanted.file };
  let isDue = wanted.requireFile === null;
  let isThere = false;
  let usual: string | null = null;

  /** A JSON 404 is a missing file only where repository and branch can be seen. */
  async function confirmThere(): Promise<void> {
    if (isThere) return;
    if (branch === null) await fetchDefaultBranchOf(api, repo);
    else await fetchBranchState(api, repo, branch);
    isThere = true;
  }

  async function confirmEmpty(): Promise<void> {
    if (!isThere) usual = await assertEmpty(api, repo);
    isThere = true;
  }

  /** Gitea would make any branch in an empty repository; only the one that it is to begin with is meant. */
  function assertUsual(): void {
    if (branch === null || branch === usual) return;
    throw new Refusal(
      `Cannot write ${wanted.file} of ${repo}: the repository is empty, and "${branch}" is not its default branch${usual === null ? '' : ` "${usual}"`}; push "${branch}" first, or leave --branch out`,
      { kind: 'not-found', mayPass: false },
    );
  }

  /** As the branch has it: what its name stands for may be a tag, beside the branch or without it. */
  async function readOnBranch(path: string): Promise<FileState> {
    const found = await fetchFile(api, { ...place, path });
    if (found.kind === 'not-found' || found.kind === 'empty-repository') return found;
    if (found.kind === 'file' && found.isOfTag) {
      const name = branch ?? (await fetchDefaultBranchOf(api, repo));
      const { sha } = await fetchBranchState(api, repo, name);
      return fetchFile(api, { ...place, path, branch: sha });
    }
    if (branch !== null) await confirmThere();
    return found;
  }

  async function checkDue(): Promise<boolean> {
    if (isDue || wanted.requireFile === null) return true;
    const found = await readOnBranch(wanted.requireFile);
    if (found.kind === 'not-found') await confirmThere();
    if (found.kind === 'empty-repository') await confirmEmpty();
    isDue = found.kind !== 'not-found' && found.kind !== 'empty-repository';
    return isDue;
  }

  return {
    async read(): Promise<Content> {
      if (!(await checkDue())) return { state: 'not-due' };
      const found = await readOnBranch(place.path);
      switch (found.kind) {
        case 'file': {
          const text = found.bytes?.toString('utf8') ?? null;
          const isWanted = holds(found, wanted.content);
          return { state: 'file', id: found.blob, text, commit: found.commit, isWanted };
        }
        case 'folder':
        case 'link':
        case 'submodule':
          throw new Refusal(
            `Cannot write ${wanted.file} of ${repo}: it is a ${found.kind}; give another --file`,
            { kind: 'error', mayPass: false },
          );
        case 'not-found':
          await confirmThere();
          return { state: 'no-file' };
        case 'empty-repository':
          await confirmEmpty();
          assertUsual();
          return { state: 'no-file' };
      }
    },
    write(base) {
      const { content, message, author } = wanted;
      return writeFile(api, place, {
        content,
        message,
        author,
        base: base.state === 'file' ? base.id : null,
      });
    },
    async findCommit(content) {
      if (content.state === 'file' && content.commit !== null) return content.commit;
      // Somebody may have written since, so the newest commit is not taken unseen.
      for (const sha of await fetchFileCommits(api, place, mostCommits)) {
        const then = await fetchFile(api, { ...place, branch: sha });
        if (then.kind === 'file' && holds(then, wanted.content)) return sha;
      }
      return null;
    },
    close: () => Promise.resolve(),
  };
}
