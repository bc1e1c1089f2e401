import type { Misfit } from '../workflow/go-decode.ts';
import type { Profile } from '../workflow/profile.ts';
import type { Workflow } from '../workflow/workflow.ts';
import type { LintConfig } from './config.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './source.ts';

export type Level = 'error' | 'warning';

/** An edit that makes a finding go away and changes nothing else. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** What a rule found: where, by offsets in its file, and what. */
export interface Problem {
  start: number;
  end: number;
  /** What is wrong, with the name of the thing; what the forge then does; the mend. */
  message: string;
  /** Where it differs from the rule's own. */
  level?: Level;
  edit?: Edit;
}

/** One workflow file as one profile reads it. */
export interface FileInput {
  file: SourceFile;
  workflow: Workflow;
  profile: Profile;
  /** Gitea's minor version; null for GitHub and Forgejo. */
  minor: number | null;
  /** What makes this Gitea drop the file. */
  faults: readonly Misfit[];
  project: Project;
  config: LintConfig;
}

export interface Rule {
  id: string;
  level: Level;
  profiles: readonly Profile[];
  /** The demand, as a truth. */
  demand: string;
  /** What happens where it does not hold, and on which versions. */
  why: string;
  /** Looks at one workflow file under each of its profiles. */
  check?: (input: FileInput) => Iterable<Problem>;
  /** Looks at all files of a project at once. */
  checkProject?: (project: Project, config: LintConfig) => Iterable<Problem & { file: string }>;
}
