import type { Relation } from '../forge/forge.ts';
import type { Witness } from '../ancestry/decide.ts';
import { shortSha } from '../sha.ts';
import type { Build, Ports, Rules } from './ports.ts';

/** What another run's build is to ours. */
export interface Judgement {
  readonly kind: 'older' | 'same' | 'newer' | 'neither' | 'unjudged';
  readonly why: string;
  /** The build that was judged; null where the tag is gone. */
  readonly build: Build | null;
  /** The commits it says it was built from, as one text; null where nobody asked. */
  readonly commits: string | null;
}

/**
 * What a competing build is to the candidate, by what all its witnesses say: older only where the candidate
 * descends from (or is) each, newer only where each descends from (or is) the candidate.
 */
export function decideJudgement(
  witnesses: readonly Witness[],
  relations: ReadonlyMap<string, Relation>,
): Pick<Judgement, 'kind' | 'why'> {
  const revisions = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const shown = revisions.map(shortSha).join(', ');
  if (revisions.length === 0) return { kind: 'neither', why: 'a build without a revision label' };
  const kinds = revisions.map((revision) => relations.get(revision)?.kind ?? 'unknown');
  if (kinds.every((kind) => kind === 'identical'))
    return { kind: 'same', why: `another build of the same commit ${shown}` };
  if (kinds.every((kind) => kind === 'identical' || kind === 'ahead'))
    return { kind: 'older', why: `a build of the older commit ${shown}` };
  if (kinds.every((kind) => kind === 'identical' || kind === 'behind'))
    return { kind: 'newer', why: `a build of the newer commit ${shown}` };
  const relation = kinds.includes('unknown') ? 'unknown' : 'diverged';
  return { kind: 'neither', why: `a build of ${shown}, whose relation is ${relation}` };
}

/** Judges what a tag holds, each build once. Throws CouldNotTell where it cannot be read. */
export function createJudge(
  ports: Ports,
  rules: Rules,
): (image: string, digest: string | null) => Promise<Judgement> {
  const known = new Map<string, Judgement>();
  return async (image, digest) => {
    if (digest === null) return { kind: 'older', why: 'nothing: the tag is gone', build: null, commits: '' };
    const key = `${image}@${digest}`;
    const cached = known.get(key);
    if (cached) return cached;
    const judgement = await judge(image, digest);
    known.set(key, judgement);
    return judgement;
  };

  async function judge(image: string, digest: string): Promise<Judgement> {
    const build = await ports.readBuild(image, digest);
    if (!rules.ancestry) return { kind: 'unjudged', why: `another build, ${digest}`, build, commits: null };
    const witnesses = await ports.readWitnesses(image, build);
    const relations = new Map<string, Relation>();
    for (const { revision } of witnesses)
      if (revision !== null && !relations.has(revision))
        relations.set(revision, await ports.relate(revision));
    return {
      ...decideJudgement(witnesses, relations),
      build,
      commits: [...relations.keys()].sort().join(' '),
    };
  }
}
