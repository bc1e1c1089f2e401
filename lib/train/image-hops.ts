import { fetchImageWitnesses } from '../ancestry/image-witnesses.ts';
import { verbOf } from '../count.ts';
import type { Registry } from '../registry/client.ts';
import type { ImageName } from '../registry/reference.ts';
import { shortSha } from '../sha.ts';
import { labelOfRevision } from './config.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { measureLag, type Lag } from './lag.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';
import { askWorkflows, type WorkflowNews } from './workflow-cause.ts';

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
  const { forge, config, now } = surveyor;
  const [head, witnesses] = await Promise.all([
    surveyor.head(source),
    fetchImageWitnesses(registry, [station], labelOfRevision),
  ]);
  const known: Hop = { ...startHop('image', source, station.name), from: head };
  const files = surveyor.workflowsOf(source, [station.name, 'images']);
  const ask = () => askWorkflows(forge, files, { sha: head, branch: source, now });
  if (witnesses.length === 0)
    return { ...known, state: 'stalled', ...explainAbsent(station, head, await ask()) };
  const revisions = [...new Set(witnesses.flatMap(({ revision }) => revision ?? []))];
  const unlabelled = witnesses.find(({ revision }) => revision === null);
  if (unlabelled !== undefined)
    return { ...known, to: revisions[0] ?? null, state: 'stalled', ...explainUnlabelled(unlabelled.name) };
  surveyor.tell(station.name, revisions);
  const { revision, lag } = await measureWorst(surveyor, revisions, { head, branch: source });
  if (lag.commits === 0) return { ...known, to: revision, state: 'current', commits: 0 };
  const late: Hop = { ...known, to: revision, ...lag };
  const news = await ask();
  if (!news.waits && (isWithin(late, config.slo) || news.isMoving)) return { ...late, state: 'moving' };
  const image = station.name.slice(0, -station.tag.length - 1);
  const promote = ['--image', image, '--sha', head, '--to', station.tag];
  return {
    ...late,
    state: 'stalled',
    cause: news.cause ?? describeStale(station, revision, files),
    next: news.next ?? runInRepo(surveyor, 'promote-image', ...promote),
  };
}

type Explained = Pick<Hop, 'cause' | 'next'>;

function explainAbsent({ name, tag }: Station, head: string, news: WorkflowNews): Explained {
  const more = news.cause === null ? '' : `; ${news.cause}`;
  return {
    cause: `image not published: the tag ${tag} is not there${more}`,
    next: news.next ?? `publish ${name} from ${shortSha(head)}`,
  };
}

function explainUnlabelled(name: string): Explained {
  return {
    cause: `label missing: ${name} has no ${labelOfRevision}`,
    next: `build the image with --label ${labelOfRevision}=$(git rev-parse HEAD)`,
  };
}

function describeStale({ name }: Station, revision: string, files: readonly string[]): string {
  const green =
    files.length > 0 ? `, though ${files.join(', ')} ${verbOf(files.length, 'is', 'are')} green` : '';
  return `image not published: ${name} still holds ${shortSha(revision)}${green}`;
}

/** Of the revisions that an image's platforms hold, the one furthest behind. */
async function measureWorst(
  { forge, config, now }: Surveyor,
  revisions: readonly string[],
  { head, branch }: { head: string; branch: string },
): Promise<{ revision: string; lag: Lag }> {
  const question = { head, branch, ignore: config.ignorePaths, lateMs: config.slo.ageMs, now };
  const lags = await Promise.all(
    revisions.map(async (revision) => ({
      revision,
      lag: await measureLag(forge, { ...question, delivered: revision }),
    })),
  );
  return lags.reduce((worst, one) => (one.lag.commits > worst.lag.commits ? one : worst));
}
