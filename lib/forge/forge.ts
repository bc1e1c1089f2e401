import type { Context } from '../context.ts';
import type { ForgeKind } from '../find-api.ts';
import { createApi, type Api } from './api.ts';

/** One run of a workflow file: the newest attempt. */
export interface Run {
  id: number;
  /** The file below its workflows folder, without the ref that Gitea puts behind it. */
  file: string;
  sha: string;
  /** Null where the server names none. */
  branch: string | null;
  event: string;
  attempt: number;
  status: string;
  conclusion: string | null;
  url: string;
}

export interface Job {
  name: string;
  status: string;
  conclusion: string | null;
}

/** The newest status of one context of a commit. */
export interface Status {
  /** The server's counter: a greater one is newer. */
  index: number;
  context: string;
  state: string;
  description: string;
  targetUrl: string;
  createdAt: number;
  /** Was it written by the server for a run of its own, and not posted by a person or a job? */
  byServer: boolean;
  /** The runs beside its own that failed this context last; a rerun is the same run. */
  failedRuns?: readonly number[];
}

/** One push to a branch, from the server's own record. */
export interface Push {
  ref: string;
  /** The tip before; null when the push made the branch. */
  before: string | null;
  after: string;
  /** Was it made with a job's own token, which starts nothing? */
  byJobToken: boolean;
  by: string;
  /** When the server took it, in milliseconds, where that is known. */
  at?: number;
}

/** The files that a range of commits changed. */
export interface Changes {
  files: string[];
  /** False where the server cut the list. */
  complete: boolean;
  /** Why it is not complete. */
  why?: string;
}

/** A workflow file as the commit holds it. */
export interface WorkflowText {
  /** Below the workflows folder, as `ci.yml`. */
  file: string;
  /** Whole path in the repository. */
  path: string;
  text: string;
  /** Its bytes are no text to Gitea and Forgejo. */
  isGarbled?: boolean;
}

/** How the candidate lies to the current commit; counts are null where they cannot be known. */
export interface Relation {
  kind: 'identical' | 'ahead' | 'behind' | 'diverged' | 'unknown';
  aheadBy: number | null;
  behindBy: number | null;
  /** Unknown because a walk stopped at its limit. */
  tooFar?: boolean;
  /** Why it is unknown, or what it rests on. */
  why: string;
}

/** What a server can do, as its answers have shown so far; null until one has. */
export interface Abilities {
  /** A list of workflow runs: GitHub, Gitea from 1.25. */
  runs: boolean | null;
  /** Commit statuses that the server writes for each job: Gitea and Forgejo. */
  statuses: boolean;
  /** Compare by SHA: GitHub, Gitea from 1.23, Forgejo. */
  compareBySha: boolean | null;
}

/** One repository of a forge. Each file of this folder holds one call; all throw CouldNotTell where they cannot read. */
export interface Forge {
  readonly can: Abilities;
  readonly kind: ForgeKind;
  readonly api: Api;
  readonly repo: string;
  readonly context: Context;
}

/** The forge of this context, with one repository of it. */
export function openForge(context: Context, repo: string): Forge {
  const { kind } = context;
  const isGitHub = kind === 'github';
  const can = {
    runs: isGitHub ? true : kind === 'forgejo' ? false : null,
    statuses: !isGitHub,
    compareBySha: isGitHub ? true : null,
  };
  return { kind, api: createApi(context), repo, context, can };
}

/** `/repos/owner/name` with each part encoded. */
export function repoPath(repo: string): string {
  return `/repos/${repo.split('/').map(encodeURIComponent).join('/')}`;
}
