import { UsageError } from '../errors.ts';
import { readGivenFile } from '../manifest.ts';
import type { Call } from '../script.ts';
import { makeDispatch, type DispatchEvent } from './dispatch.ts';
import { makeMessage } from './message.ts';
import type { CascadeOptions } from './options.ts';
import type { Wanted } from './remote.ts';
import { chooseTargets } from './targets.ts';
import { asVersion } from './values.ts';

/** What is to be done, read from options and files alone: whatever is wrong with it shows before any request. */
export interface Plan {
  version: string;
  targets: string[];
  mode: 'write' | 'check' | 'dry-run';
  wanted: Wanted;
  /** In dispatch mode. */
  event: DispatchEvent | null;
}

/** Throws UsageError. */
export function makePlan(call: Call<CascadeOptions>, { isGitHub }: { isGitHub: boolean }): Plan {
  const { options, environment } = call;
  const version = readVersion(options);
  if (version === null) {
    throw new UsageError(
      'Cannot run without --version: it is missing; give --version V or --version-file FILE, or set CASCADE_VERSION',
    );
  }
  const isDispatch = options.mode === 'dispatch';
  if (isDispatch) assertDispatch(options, isGitHub);
  const message = makeMessage(options.message, {
    version,
    source: options.repo ?? environment.get('GITHUB_REPOSITORY'),
    trailers: options.trailer,
  });
  return {
    version,
    targets: chooseTargets(options, version),
    mode: options.check ? 'check' : options['dry-run'] ? 'dry-run' : 'write',
    wanted: {
      file: options.file,
      content: Buffer.from(`${version}\n`),
      branch: options.branch,
      requireFile: options['require-file'],
      message,
      author: options.author,
    },
    event: isDispatch
      ? makeDispatch(version, { eventType: options['event-type'], payload: options.payload })
      : null,
  };
}

function assertDispatch(options: CascadeOptions, isGitHub: boolean): void {
  if (!isGitHub) {
    throw new UsageError(
      'Cannot use --mode dispatch: this forge has no repository_dispatch; give --mode commit, whose push starts the targets',
    );
  }
  if (options.transport === 'git') {
    throw new UsageError(
      'Cannot use --mode dispatch with --transport git: an event is no commit; give one of them',
    );
  }
  if (options.check) {
    throw new UsageError(
      'Cannot use --check with --mode dispatch: an event leaves nothing to read; give --mode commit',
    );
  }
}

/** The version that is given, or the first line of the file that is; null where neither is. Throws UsageError. */
export function readVersion({ version, 'version-file': file }: CascadeOptions): string | null {
  if (file === null) return version;
  if (version !== null) {
    throw new UsageError('Cannot use --version and --version-file together: give one of them');
  }
  const line = readGivenFile(file, `the version file "${file}"`).split(/\r\n|\n|\r/, 1)[0] ?? '';
  return asVersion(line.trim(), `--version-file "${file}"`);
}
