import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Registry } from '../registry/client.ts';
import { surveyBranchHop, type BranchWay } from './branch-hops.ts';
import { startHop, type Hop, type HopKind } from './hop.ts';
import { surveyImageHop, type Station } from './image-hops.ts';
import type { Surveyor } from './surveyor.ts';
import { surveyTenants } from './tenant-hops.ts';
import { surveyVersions } from './version-hops.ts';

const atOnce = 12;

export interface SurveySettings {
  stations: readonly Station[];
  /** Null where the train has no images. */
  registry: Registry | null;
  tenantToken: string | undefined;
  /** The manifest's text, where it lies beside the train's file. */
  manifestText: string | null;
  onHop: (hop: Hop) => void;
}

/** One hop, and how it is looked at. */
interface Step {
  kind: HopKind;
  source: string;
  target: string;
  work: () => Promise<Hop>;
}

/** Every hop of the train, in the train's order. */
export async function surveyTrain(surveyor: Surveyor, settings: SurveySettings): Promise<Hop[]> {
  const { config } = surveyor;
  const { cascade } = config;
  const last = config.branches.at(-1) as string;
  const ways = listWays(config.branches);
  const steps: Step[] = [
    ...ways.map((way) => ({ ...way, work: () => surveyBranchHop(surveyor, way) })),
    ...settings.stations.map((station) => ({
      kind: 'image' as const,
      source: last,
      target: station.name,
      work: () => surveyImageHop(surveyor, last, station, settings.registry as Registry),
    })),
  ];
  const images = mapBounded(steps, atOnce, async ({ kind, source, target, work }) => {
    const hop = await surveyor.guard(startHop(kind, source, target), work);
    settings.onHop(hop);
    return hop;
  });
  const image = settings.stations.at(-1)?.name ?? null;
  const expected = async (): Promise<string | null> => {
    await images;
    return image === null ? surveyor.head(last) : surveyor.revisionOf(image);
  };
  const [firsts, tenants, versions] = await Promise.all([
    images,
    config.tenantsUrl === null
      ? []
      : several({ kind: 'tenant', source: image ?? last, target: 'tenants' }, () =>
          surveyTenants(surveyor, image ?? last, expected, settings.tenantToken),
        ),
    cascade === null
      ? []
      : several({ kind: 'version', source: `${cascade.tagPrefix}*`, target: 'repositories' }, () =>
          surveyVersions(surveyor, cascade, settings.manifestText),
        ),
  ]);
  return [...firsts, ...tenants, ...versions];
}

/** Forward from each branch to the next, and back again the whole way. */
function listWays(branches: readonly string[]): BranchWay[] {
  const pairs = branches.slice(1).map((target, index) => ({ source: branches[index] as string, target }));
  return [
    ...pairs.map(({ source, target }) => ({ kind: 'branch' as const, source, target })),
    ...[...pairs]
      .reverse()
      .map(({ source, target }) => ({ kind: 'back-sync' as const, source: target, target: source })),
  ];
}

/** Hops whose number is only known once a list was read; where that fails, one hop stands for all. */
async function several(
  { kind, source, target }: Omit<Step, 'work'>,
  work: () => Promise<Hop[]>,
): Promise<Hop[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return [{ ...startHop(kind, source, target), cause: error.message }];
  }
}
