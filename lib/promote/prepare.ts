import { decideAncestry, type AncestryAnswer, type Witness } from '../ancestry/decide.ts';
import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Relation } from '../forge/forge.ts';
import type { Build, Ports, Rules, Source, Track } from './ports.ts';

const imagesAtOnce = 20;

/** What was read before anything is written. */
export interface Start {
  readonly tracks: readonly Track[];
  /** Why nothing may be moved, or null. */
  readonly refusal: Refusal | null;
  /** The answer about what is served now; null where it was not asked. */
  readonly ancestry: AncestryAnswer | null;
  /** The commits that are served now, where they were read. */
  readonly served: readonly string[];
}

export interface Refusal {
  readonly decision: 'missing' | 'refused' | 'unknown';
  readonly reason: string;
}

/** Steps 1 to 3: reads every source, then every destination, and decides for all. Throws CouldNotTell. */
export async function prepare(images: readonly string[], ports: Ports, rules: Rules): Promise<Start> {
  const reading = mapBounded(images, imagesAtOnce, (image) => readDestination(image, ports, rules));
  // Read side by side to save a round trip, but what the sources say comes first.
  reading.catch(() => undefined);
  const sources = await mapBounded(images, imagesAtOnce, (image) => ports.readSource(image));
  const refusal = decideSources(sources, rules);
  if (refusal !== null) return { tracks: [], refusal, ancestry: null, served: [] };
  const before = await reading;
  const tracks = images.map((image, index) =>
    startTrack(image, (sources[index] as Source).build, before[index]?.build ?? null),
  );
  const served = [
    ...new Set(before.flatMap(({ witnesses }) => witnesses.flatMap(({ revision }) => revision ?? []))),
  ];
  if (!rules.ancestry || rules.override) return { tracks, refusal: null, ancestry: null, served };
  const witnesses = tracks.flatMap((track, index) => {
    // The same digest is the same commit, whatever its labels say or leave out.
    if (isInPlace(track)) return [{ name: track.image, revision: rules.sha }];
    return before[index]?.witnesses ?? [];
  });
  const ancestry = await askAncestry(witnesses, ports, rules);
  return { tracks, refusal: refuseByAncestry(ancestry), ancestry, served };
}

/** Does the tag name our build already? */
export function isInPlace(track: Pick<Track, 'ours' | 'atStart'>): boolean {
  return track.atStart === track.ours.digest;
}

/** May these sources be promoted? One that is missing, or says it is of another commit, refuses all. */
export function decideSources(
  sources: readonly (Source | { readonly missing: string })[],
  rules: Pick<Rules, 'sha' | 'labelCheck'>,
): Refusal | null {
  const missing = sources.flatMap((source) => ('missing' in source ? [source.missing] : []));
  if (missing.length > 0) {
    return {
      decision: 'missing',
      reason: `Cannot promote ${rules.sha}: ${missing.join(', and ')}; build and push it, then run again`,
    };
  }
  if (!rules.labelCheck) return null;
  for (const { witnesses } of sources as readonly Source[]) {
    const other = witnesses.find(({ value }) => value !== null && value.toLowerCase() !== rules.sha);
    if (other === undefined) continue;
    return {
      decision: 'refused',
      reason: `Cannot promote ${rules.sha}: ${other.name} says it is of "${other.value}"; give the build its own commit as label (metadata-action takes the workflow's), or use --no-label-check`,
    };
  }
  return null;
}

async function readDestination(
  image: string,
  ports: Ports,
  rules: Rules,
): Promise<{ build: Build | null; witnesses: Witness[] }> {
  const build = await ports.readTagged(image);
  if (build === null || !rules.ancestry) return { build, witnesses: [] };
  try {
    return { build, witnesses: await ports.readWitnesses(image, build) };
  } catch (error) {
    // Who skips the check by hand is not stopped by what the check could not have read.
    if (!(error instanceof CouldNotTell) || !rules.override) throw error;
    ports.log(error.message);
    return { build, witnesses: [] };
  }
}

async function askAncestry(
  witnesses: readonly Witness[],
  ports: Ports,
  rules: Rules,
): Promise<AncestryAnswer> {
  const revisions = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const found = await mapBounded(revisions, 4, (revision) => ports.relate(revision));
  const relations = new Map(revisions.map((revision, index) => [revision, found[index] as Relation]));
  return decideAncestry({ candidate: rules.sha, witnesses, relations, onUnlabelled: rules.onUnlabelled });
}

function refuseByAncestry(answer: AncestryAnswer): Refusal | null {
  if (answer.exit === 0) return null;
  return { decision: answer.exit === 3 ? 'unknown' : 'refused', reason: answer.reason };
}

function startTrack(image: string, ours: Build, before: Build | null): Track {
  const atStart = before?.digest ?? null;
  return {
    image,
    ours,
    before,
    atStart,
    seen: atStart,
    written: false,
    accepted: false,
    strange: null,
    status: { kind: 'waiting' },
  };
}
