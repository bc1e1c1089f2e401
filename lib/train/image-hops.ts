import { fetchImageWitnesses } from '../ancestry/image-witnesses.ts';
import type { Registry } from '../registry/client.ts';
import type { ImageName } from '../registry/reference.ts';
import { shortSha } from '../sha.ts';
import { labelOfRevision } from './config.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { measureLag, type Lag } from './lag.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';
import { askWorkflows } from './workflow-cause.ts';

export interface Station {
  /** As `ghcr.io/o/platform:latest`. */
  name: string;
  image: ImageName;
  tag: string;
}

/** `main→image:tag`: what is on the branch and not in the image, by the image's revision label. */
export async function surveyImageHop(
  surveyor: Surveyor,
  source: string,
  station: Station,
  registry: Registry,
): Promise<Hop> {
  const hop = startHop('image', source, station.name);
  const { forge, config, now } = surveyor;
  const [head, witnesses] = await Promise.all([
    surveyor.head(source),
    fetchImageWitnesses(registry, [station], labelOfRevision),
  ]);
  const known: Hop = { ...hop, from: head };
  const files = surveyor.workflowsOf(source, [station.name, 'images']);
  const ask = () => askWorkflows(forge, files, { sha: head, branch: source, now });
  const publish = `publish ${station.name} from ${shortSha(head)}`;
  if (witnesses.length === 0) {
    const news = await ask();
    return {
      ...known,
      state: 'stalled',
      cause: `image not published: the tag ${station.tag} is not there${news.cause === null ? '' : `; ${news.cause}`}`,
      next: news.next ?? publish,
    };
  }
  const revisions = [...new Set(witnesses.flatMap(({ revision }) => revision ?? []))];
  if (revisions.length === 0 || witnesses.some(({ revision }) => revision === null))
    return {
      ...known,
      to: revisions[0] ?? null,
      state: 'stalled',
      cause: `label missing: ${witnesses.find(({ revision }) => revision === null)?.name} has no ${labelOfRevision}`,
      next: `build the image with --label ${labelOfRevision}=$(git rev-parse HEAD)`,
    };
  surveyor.tell(station.name, revisions);
  const lags = await Promise.all(
    revisions.map(async (revision) => ({
      revision,
      lag: await measureLag(forge, {
        delivered: revision,
        head,
        branch: source,
        ignore: config.ignorePaths,
        lateMs: config.slo.ageMs,
        now,
      }),
    })),
  );
  const { revision, lag } = lags.reduce((worst, one) =>
    one.lag.commits > worst.lag.commits ? one : worst,
  ) as {
    revision: string;
    lag: Lag;
  };
  if (lag.commits === 0) return { ...known, to: revision, state: 'current', commits: 0 };
  const late: Hop = { ...known, to: revision, ...lag };
  const news = await ask();
  if (!news.waits && (isWithin(late, config.slo) || news.isMoving)) return { ...late, state: 'moving' };
  const stale = `image not published: ${station.name} still holds ${shortSha(revision)}`;
  const green =
    files.length > 0 ? `, though ${files.join(', ')} ${files.length === 1 ? 'is' : 'are'} green` : '';
  return {
    ...late,
    state: 'stalled',
    cause: news.cause ?? `${stale}${green}`,
    next:
      news.next ??
      runInRepo(
        surveyor,
        'promote-image',
        ...['--image', station.name.slice(0, -station.tag.length - 1), '--sha', head, '--to', station.tag],
      ),
  };
}
