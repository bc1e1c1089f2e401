/** One repository, as the two transports reach it. Every call throws Refusal, HttpFault or CouldNotTell. */
export interface Remote {
  /** What the branch holds now. */
  read(): Promise<Content>;
  /** Puts the wanted content on top of what was read, as one commit and never by force; answers the commit. */
  write(base: Content): Promise<string>;
  /** The commit that brought the content which `read` found; null where it cannot be told. */
  findCommit(content: Content): Promise<string | null>;
  /** Removes what was made on this machine. */
  close(): Promise<void>;
}

export type Content =
  /** `id` changes when the content does; `text` is null where the server does not send it. */
  | { state: 'file'; id: string; text: string | null; commit: string | null; isWanted: boolean }
  | { state: 'no-file' }
  /** The repository lacks the file that makes it a target. */
  | { state: 'not-due' };

/** What is to stand in every target. */
export interface Wanted {
  file: string;
  content: Buffer;
  branch: string | null;
  /** Without it a repository is no target. */
  requireFile: string | null;
  message: string;
  author: { name: string; email: string } | null;
}
