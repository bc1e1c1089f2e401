// What calls left behind since a world was made: one string a write, in names, so that two worlds can be compared.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffTrees, listCommits } from '../../support/forge/history.mjs';
import type { Repo } from './forge-world.ts';

export type Trace = () => string[];

/** Every commit on a branch with what it changed, every push, pull request, merge, comment and started workflow. */
export function traceRepository(repo: Repo, names: Map<string, string>): Trace {
  const start = new Map(repo.branches);
  const before = { pushes: repo.pushes.length, pulls: repo.pulls.length, runs: repo.runs.length };
  const place = repo.fullName;

  function* findCommits(): Iterable<string> {
    for (const [branch, tip] of repo.branches) {
      if (tip === start.get(branch)) continue;
      const fresh = listCommits(repo.store, tip, start.values());
      for (const commit of fresh) {
        const parent = commit.parents[0];
        const old = parent === undefined ? null : repo.commitOf(parent).tree;
        const changes = diffTrees(repo.store, old, commit.tree).map(({ filename }) =>
          describeFile(repo, commit.sha, filename),
        );
        const kind = commit.parents.length > 1 ? 'merge' : 'commit';
        yield `${kind} on ${place} ${branch}: ${changes.join(' ')} (${subjectOf(commit.message)})`;
      }
      const sha = fresh[0]?.sha;
      if (sha !== undefined) nameCommit(names, sha, `NEW-${branch}`);
    }
  }

  function* findPulls(): Iterable<string> {
    for (const pull of repo.pulls.slice(before.pulls)) {
      const what = `#${pull.number} of ${place}`;
      yield `pull request ${what} from ${pull.head} to ${pull.base}: ${pull.title}`;
      if (pull.merged) yield `merge of ${what}`;
      else if (pull.state === 'closed') yield `end of ${what}`;
      for (const { body } of pull.comments) yield `comment on ${what}: ${body}`;
    }
  }

  return () => [
    ...findCommits(),
    ...repo.pushes.slice(before.pushes).map(({ branch, after }) => {
      return `push to ${place} ${branch}: ${subjectOf(repo.commitOf(after).message)}`;
    }),
    ...findPulls(),
    ...repo.runs
      .slice(before.runs)
      .filter(({ event }) => event === 'workflow_dispatch')
      .map(({ file, branch }) => `start of ${file} on ${place} ${branch}`),
    ...repo.dispatches.map(({ event }) => `event ${event} to ${place}`),
  ];
}

interface Tags {
  digest(repository: string, tag: string): string | null;
}

/** Every image whose tag holds another digest. */
export function traceTag(
  registry: Tags,
  images: readonly string[],
  tag: string,
  names: Map<string, string>,
): Trace {
  const start = new Map(images.map((image) => [image, registry.digest(image, tag)]));
  return () =>
    images.flatMap((image) => {
      const digest = registry.digest(image, tag);
      return digest === start.get(image) ? [] : [`tag ${image}:${tag}: ${nameDigest(digest, names)}`];
    });
}

/** Every file of a folder that is not as it was. */
export function traceFolder(folder: string, names: Map<string, string>): Trace {
  const start = readAll(folder);
  return () =>
    [...readAll(folder)]
      .filter(([file, text]) => start.get(file) !== text)
      .map(([file, text]) => `file ${file}: ${nameAll(text, names)}`);
}

function readAll(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function describeFile(repo: Repo, sha: string, path: string): string {
  return `${path}=${JSON.stringify(repo.readFile(sha, path)?.toString('utf8') ?? null)}`;
}

function subjectOf(message: string): string {
  return message.trimEnd().split('\n')[0] ?? '';
}

function nameCommit(names: Map<string, string>, sha: string, name: string): void {
  if (names.has(sha)) return;
  names.set(sha, name);
  names.set(sha.slice(0, 7), name);
}

function nameDigest(digest: string | null, names: Map<string, string>): string {
  return digest === null ? 'nothing' : nameAll(digest.replace(/^sha256:/, ''), names);
}

function nameAll(text: string, names: Map<string, string>): string {
  return text.replace(/[0-9a-f]{40,64}/g, (sha) => names.get(sha) ?? sha);
}
