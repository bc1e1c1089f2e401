import type { ChildProcess } from 'node:child_process';
import { formatDuration } from './duration.ts';
import { CouldNotTell, UsageError } from './errors.ts';
import { makeGitVariables, type GitCredential } from './git-variables.ts';
import { quoteWords } from './http-words.ts';
import type { Redactor } from './redact.ts';
import type { Environment } from './script.ts';

const oldest = [2, 31] as const;
const largestOutput = 64 * 1024 * 1024;

export interface GitSettings {
  /** Where commands run that name no other folder. */
  cwd?: string;
  environment: Environment;
  redactor: Redactor;
  /** Per command; default 120 s. */
  timeoutMs?: number;
  /** Sent to this server alone, and never as an argument or in a URL. */
  credential?: GitCredential;
  /** Told what to do when the process is stopped half way. */
  onStop?: (cleanUp: () => void) => void;
}

export interface GitAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Git {
  /** Runs one command and answers what it printed, whatever its exit code. Throws where it cannot run or end. */
  run(args: readonly string[], options?: GitRunOptions): Promise<GitAnswer>;
  /** As `run`, but an exit code other than 0 throws CouldNotTell: `Cannot <purpose>: git … ended with …`. */
  read(args: readonly string[], options: GitRunOptions & { purpose: string }): Promise<string>;
  /** `git push ended with 1 "…"`: what came back, fit to be printed. */
  describe(args: readonly string[], answer: GitAnswer): string;
  /** Throws UsageError where git is missing or older than 2.31 (the first with GIT_CONFIG_COUNT). */
  requireVersion(): Promise<void>;
}

export interface GitRunOptions {
  cwd?: string;
  /** What it reads on its stdin. */
  input?: string;
  /** More variables, as GIT_AUTHOR_NAME. */
  variables?: Readonly<Record<string, string>>;
}

/** The only place that spawns, and it spawns nothing but git. */
export function createGit(settings: GitSettings): Git {
  const running = new Set<ChildProcess>();
  settings.onStop?.(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const git: Git = {
    run: (args, options = {}) => spawnGit(args, options, settings, running),
    async read(args, { purpose, ...options }) {
      const answer = await git.run(args, options);
      if (answer.code === 0) return answer.stdout;
      throw new CouldNotTell(
        `Cannot ${purpose}: ${git.describe(args, answer)}; check the repository, then run again`,
      );
    },
    describe(args, answer) {
      const words = quoteWords(dropNoise(answer.stderr) || answer.stdout, settings.redactor);
      return `git ${args[0] ?? ''} ended with ${answer.code}${words === '' ? '' : ` "${words}"`}`;
    },
    async requireVersion() {
      const answer = await git.run(['--version']);
      const found = /(\d+)\.(\d+)(\.\S+)?/.exec(answer.stdout);
      const [major, minor] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
      if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
      throw new UsageError(
        `Cannot use git: it is ${found?.[0] ?? 'of an unknown version'}; install git ${oldest.join('.')} or later`,
      );
    },
  };
  return git;
}

async function spawnGit(
  args: readonly string[],
  options: GitRunOptions,
  settings: GitSettings,
  running: Set<ChildProcess>,
): Promise<GitAnswer> {
  // Loaded when first needed: it would slow down the start of every script.
  const { spawn } = await import('node:child_process');
  const timeoutMs = settings.timeoutMs ?? 120_000;
  const cwd = options.cwd ?? settings.cwd;
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: makeGitVariables({ ...settings, timeoutMs }, options.variables ?? {}),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    running.add(child);
    const texts = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
    let refusal: CouldNotTell | null = null;
    const give = (found: string, mend: string): void => {
      refusal ??= new CouldNotTell(`Cannot run git ${args[0] ?? ''}: ${found}; ${mend}`);
      endChild(child);
    };
    const timer = setTimeout(
      () => give(`it did not end within ${formatDuration(timeoutMs)}`, 'check that the server is well'),
      timeoutMs,
    );
    for (const part of Object.values(texts)) {
      part.onExcess = () => give('it printed more than 64 MiB', 'check the repository');
    }
    child.on('error', (error) => {
      clearTimeout(timer);
      running.delete(child);
      reject(cannotStart(error as Error & { code?: string }, cwd));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (refusal !== null) reject(refusal);
      else resolve({ code: code ?? 128, stdout: texts.stdout.text(), stderr: texts.stderr.text() });
    });
    // git may end before it has read everything; its exit code says what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** git's helper that talks to the server outlives it and holds its pipes open: nobody waits for what comes of them. */
function endChild(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function cannotStart(error: Error & { code?: string }, cwd: string | undefined): Error {
  // Node answers ENOENT for a missing folder as for a missing program.
  if (error.code !== 'ENOENT')
    return new CouldNotTell(`Cannot run git: ${error.message}; mend it, then run again`);
  const where = cwd === undefined ? '' : ` (or the folder "${cwd}" is not there)`;
  return new UsageError(
    `Cannot run git: it is not installed here${where}; install git ${oldest.join('.')} or later`,
  );
}

interface Collected {
  text(): string;
  onExcess: () => void;
}

function collect(stream: NodeJS.ReadableStream): Collected {
  const chunks: Buffer[] = [];
  let size = 0;
  const collected: Collected = {
    text: () => Buffer.concat(chunks).toString('utf8'),
    onExcess: () => undefined,
  };
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > largestOutput) collected.onExcess();
    else chunks.push(chunk);
  });
  return collected;
}

/** git's lines without progress, hints and the shell's own: what is left says why. */
function dropNoise(stderr: string): string {
  return stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(hint:|warning: You appear|Cloning into|To (\S+:\/\/|\/))/.test(line))
    .join(' ');
}
