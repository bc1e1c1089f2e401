import type { Clock } from '../clock.ts';
import type { Context } from '../context.ts';
import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import { openForge, type Forge } from '../forge/forge.ts';
import { rememberReads } from '../forge/remember.ts';
import type { TrainConfig } from './config.ts';
import type { Hop } from './hop.ts';

/** What all hops of one look at the train share; what they ask the forge twice is read once. */
export interface Surveyor {
  readonly forge: Forge;
  readonly context: Context;
  readonly config: TrainConfig;
  readonly clock: Clock;
  readonly now: number;
  readonly allowPlainHttp: boolean;
  /** Why promotions are held, where this job was told. */
  readonly hold: string | null;
  /** The options that a command to paste needs to ask the same server. */
  readonly reach: readonly string[];
  head(branch: string): Promise<string>;
  /** The workflows that the config names for a hop, by any of the target's names. */
  workflowsOf(source: string, targets: readonly string[]): readonly string[];
  /** Notes what an image holds, for the hops behind it. */
  tell(image: string, revisions: readonly string[]): void;
  revisionOf(image: string): string | null;
  /** What cannot be read makes the hop `unknown`, with the reason as its cause. */
  guard(hop: Hop, work: () => Promise<Hop>): Promise<Hop>;
}

/** Makes the surveyor of one look; it asks nothing yet. */
export function createSurveyor(
  context: Context,
  config: TrainConfig,
  settings: { clock: Clock; allowPlainHttp: boolean; hold: string | null; reach: readonly string[] },
): Surveyor {
  const forge = openForge(rememberReads(context), config.repo);
  const revisions = new Map<string, string>();
  return {
    forge,
    context,
    config,
    ...settings,
    now: settings.clock.now(),
    head: (branch) => readHead(forge, config, branch),
    workflowsOf(source, targets) {
      return targets.flatMap((target) => config.workflows.get(`${source}→${target}`) ?? []);
    },
    tell: (image, found) => void (found[0] !== undefined && revisions.set(image, found[0])),
    revisionOf: (image) => revisions.get(image) ?? null,
    async guard(hop, work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CouldNotTell)) throw error;
        return { ...hop, state: 'unknown', cause: error.message, next: error.next[0] ?? null };
      }
    },
  };
}

async function readHead(forge: Forge, config: TrainConfig, branch: string): Promise<string> {
  const head = await fetchBranchHead(forge, branch);
  if (head !== null) return head;
  throw new CouldNotTell(
    `Cannot read branches[${config.branches.indexOf(branch)}] "${branch}": the server says that repo "${forge.repo}" or this branch of it is not there; check repo, branches and that the token may see them`,
  );
}
