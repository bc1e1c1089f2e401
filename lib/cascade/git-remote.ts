import { join } from 'node:path';
import { Refusal } from '../forge/refusal.ts';
import { openFolderGit } from '../git-folder.ts';
import { makeAuthorVariables } from '../git-variables.ts';
import type { Git } from '../git.ts';
import { removeFolder } from '../work-folder.ts';
import { cloneBranch, fetchHead, type ClonePlace, type Head } from './git-clone.ts';
import { makeCommit, readEntry, type Entry } from './git-commit.ts';
import { nameLimit, readWithRetries, type GitRetries } from './git-retry.ts';
import type { Content, Remote, Wanted } from './remote.ts';

export interface GitRemoteSettings {
  git: Git;
  url: string;
  /** Removed at the end, whatever happens. */
  folder: string;
  retries: GitRetries;
}

/** A repository on any git server: a bare clone of depth 1, a commit made in it, and a push that is never forced. */
export function openGitRemote(repo: string, wanted: Wanted, settings: GitRemoteSettings): Remote {
  const place = placeClone(repo, wanted, settings);
  const { url, inClone } = place;
  const { file } = wanted;
  let head: Head | null = null;
  let entry: Entry | null = null;
  let mine: string | null = null;

  async function readAt({ tip }: Head, path: string): Promise<Entry | null> {
    return tip === null ? null : readEntry(inClone, { commit: tip, path, repo });
  }

  function needHead(): Head {
    if (head === null) throw new Error('a git remote was used before it was read');
    return head;
  }

  return {
    async read(): Promise<Content> {
      const known = head;
      head = await readWithRetries(
        () => (known === null ? cloneBranch(place, wanted.branch) : fetchHead(place, known)),
        settings.retries,
      );
      const { requireFile } = wanted;
      if (requireFile !== null && (await readAt(head, requireFile)) === null) return { state: 'not-due' };
      entry = await readAt(head, file);
      if (entry === null) return { state: 'no-file' };
      assertFile(entry, `Cannot write ${file} of ${repo}`);
      const answer = await inClone.run(['cat-file', 'blob', entry.sha]);
      const text = answer.code === 0 ? answer.stdout : null;
      const isWanted = text === wanted.content.toString('utf8');
      return { state: 'file', id: `${head.tip}:${entry.sha}`, text, commit: head.tip, isWanted };
    },
    async write() {
      const { branch, tip } = needHead();
      const isExecutable = entry?.mode === '100755';
      mine = await makeCommit(inClone, { ...wanted, repo, isExecutable, parent: tip });
      const args = ['push', '--quiet', '--porcelain', '--', url, `${mine}:refs/heads/${branch}`];
      const answer = await inClone.run(args);
      if (answer.code !== 0) throw nameLimit(inClone.refuse(args, answer, `push to ${branch} of ${repo}`));
      return mine;
    },
    async findCommit() {
      const { branch, tip } = needHead();
      if (mine === null || mine === tip) return mine;
      await inClone.run(['fetch', '--quiet', '--deepen=50', '--no-tags', '--', url, `refs/heads/${branch}`]);
      const isBelow = await inClone.run(['merge-base', '--is-ancestor', mine, tip ?? '']);
      if (isBelow.code === 0) return mine;
      const purpose = `read the log of ${repo}`;
      return inClone.read(['log', '-1', '--format=%H', tip ?? '', '--', file], { purpose });
    },
    close() {
      removeFolder(settings.folder);
      return Promise.resolve();
    },
  };
}

/** Where the clone is, and how git is run in it: paths are no patterns, and the index stays away from the clone's own. */
function placeClone(repo: string, { author }: Wanted, settings: GitRemoteSettings): ClonePlace {
  const path = join(settings.folder, 'clone.git');
  const variables = {
    GIT_LITERAL_PATHSPECS: '1',
    GIT_INDEX_FILE: join(path, 'switchyard-index'),
    ...(author === null ? {} : makeAuthorVariables(author)),
  };
  return { ...settings, repo, path, inClone: openFolderGit(settings.git, { folder: path, variables }) };
}

function assertFile({ type, mode }: Entry, purpose: string): void {
  if (type === 'blob' && mode !== '120000') return;
  const found = type === 'tree' ? 'a folder' : type === 'blob' ? 'a link' : 'a submodule';
  throw new Refusal(`${purpose}: it is ${found}; give another --file`, { kind: 'error', mayPass: false });
}
