import type { ForgeOptionValues } from '../context.ts';
import { UsageError } from '../errors.ts';
import { repeatForgeOptions } from '../forge-words.ts';
import { isDigest, isTag, refuseTag, refuseTwice, type ImageName } from '../registry/reference.ts';
import type { Call } from '../script.ts';
import { shortSha } from '../sha.ts';
import type { Commit } from '../subject.ts';
import { repeatRules, type GivenRules } from './repeat-rules.ts';

/** What is to be promoted. */
export interface Promotion {
  readonly repo: string | undefined;
  readonly sha: string;
  readonly images: readonly ImageName[];
  readonly from: string;
  readonly to: string;
  /** What every command that is printed needs to reach the same servers. */
  readonly reach: readonly string[];
  /** What a command that promotes again needs to be under the same rules. */
  readonly rules: readonly string[];
}

type Given = ForgeOptionValues & GivenRules & { image: readonly ImageName[]; from: string; to: string };

/** What the options ask for, all of it checked before any call. Throws UsageError. */
export function readRequest(call: Call<Given>, { context, sha }: Commit): Promotion {
  const { options: given, environment } = call;
  const { image: images, to } = given;
  refuseTwice(images.map(({ host, path }) => `${host}/${path}`));
  const from = given.from.replaceAll('{sha}', sha).replaceAll('{short}', shortSha(sha));
  assertTags(from, to);
  const reach = repeatForgeOptions(given, environment);
  return { repo: context.repo, sha, images, from, to, reach, rules: repeatRules(given) };
}

function assertTags(from: string, to: string): void {
  if (!isTag(from) && !isDigest(from)) throw refuseTag('--from', from);
  if (to.includes(':') || to.includes('@')) {
    throw new UsageError(`Cannot use --to: "${to}" is a digest, which never moves; give a tag, as latest`);
  }
  if (!isTag(to)) throw refuseTag('--to', to);
  if (from === to) {
    throw new UsageError(
      `Cannot use --to: it is "${from}" like --from, so nothing would move; give another tag`,
    );
  }
}
