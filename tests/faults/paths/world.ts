// What a path is: one call of a script in a world whose answer is known, and what that world may be said to be.
import type { ScriptResult } from '../../support/run-script.mjs';
import type { Hub } from '../intercept.mjs';

export type Flavour = 'github' | 'gitea-1.22.6' | 'gitea-1.25.4';

export interface World {
  hub: Hub;
  env: Record<string, string>;
  args: string[];
  /** The folder it is called in; by default an empty one. */
  cwd?: string;
  /** Files that the call reads, each by a name of its own. */
  files?: Record<string, string>;
  /** What no output may show. */
  secrets: string[];
  /** Addresses that stand in arguments, environment or files, by the server's name. */
  urls: Record<string, string>;
  /**
   * What the writes of the last call left on servers and in folders: one string a write, in the world's names, as
   * `commit on acme/web main: 0.1.7`, so that two worlds of one path say the same. What only the call made (a merge
   * commit) it names in `hub.names`, so that outputs can be compared too.
   */
  written?(): string[] | Promise<string[]>;
  close(): Promise<void>;
}

export interface Path {
  name: string;
  script: string;
  open(): Promise<World>;
  /** Exit code and decision without any fault. */
  code: number;
  decision: string;
  /** The page's exit codes. */
  codes: readonly number[];
  /** The call changes its world, so that every call gets a new one. */
  fresh?: boolean;
  /** The writes that the call says it did, in the words of `written`; one that is not there was lost but reported. */
  claims?(result: ScriptResult, world: World): string[];
  /** Does the call say that it wrote nothing? Then nothing may have been written. */
  denies?(result: ScriptResult): boolean;
  /** Requests whose failure changes no answer, by the page. */
  optional?: RegExp;
  /** Requests where "there is no such thing" is an answer of this server, and another way leads to the same. */
  mayLack?: RegExp;
  /** Requests whose JSON 404 is an answer of its own, by the page. */
  whereMissing?: { at: RegExp; code: number; decision: string };
  /** Writes that another may win: what a 409 or a late 403 means is read, and the call answers as ever. */
  races?: RegExp;
  /** Lists that are read until they decide, so that what stands further down is nothing to the answer. */
  untilEnough?: RegExp;
  /** Answers of which only the counts are read. */
  countsOnly?: RegExp;
  /** Requests that are not tried again after a fault, by the page. */
  once?: RegExp;
  /** Where a file may be missing, by the page: what is answered then, and which faults come to the same. */
  withoutFile?: { code: number; decision: string; when: RegExp };
  /** Files of which every byte counts, also where a text would read the same. */
  exactFiles?: RegExp;
  /** Files that it only writes, over what stands there: what is wrong with one is a warning. */
  outFiles?: RegExp;
  /** It writes files of its own (a clone, a report, what it fetched), without which there is no answer. */
  needsDisk?: boolean;
  /** It runs git, without which it is not played. */
  needsGit?: boolean;
  /** Calls one after the other, each of which may take the whole deadline. */
  calls?: number;
}
