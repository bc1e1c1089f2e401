import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { forgeOptions, readContext } from '../lib/context.ts';
import { countOf } from '../lib/count.ts';
import { UsageError } from '../lib/errors.ts';
import { openForge } from '../lib/forge/forge.ts';
import { repeatForgeOptions } from '../lib/forge-words.ts';
import { readGivenFile } from '../lib/manifest.ts';
import { asChoice, asDuration, asText, flag, one, oneOr, type OptionValues } from '../lib/options.ts';
import type { Redactor } from '../lib/redact.ts';
import { openRegistryFor } from '../lib/registry/open-for.ts';
import { parseImageName } from '../lib/registry/reference.ts';
import { defineCommand, type Call, type Log, type Script, type Verdict } from '../lib/script.ts';
import { readSecret } from '../lib/secret.ts';
import { isCommand } from '../lib/shell-command.ts';
import { readTrainConfig, type TrainConfig } from '../lib/train/config.ts';
import { checkHeartbeat, writeHeartbeat } from '../lib/train/heartbeat.ts';
import { decideTrain, type Hop } from '../lib/train/hop.ts';
import { keepIssue, markerOf } from '../lib/train/issue.ts';
import { renderMarkdown } from '../lib/train/markdown.ts';
import { plainWords } from '../lib/train/plain-words.ts';
import { renderTrain, trainFormats } from '../lib/train/render.ts';
import type { TrainReport } from '../lib/train/report.ts';
import { surveyTrain } from '../lib/train/survey.ts';
import { createSurveyor } from '../lib/train/surveyor.ts';
import { verdictOfTrain } from '../lib/train/verdict.ts';

const { repo: _, ...otherForgeOptions } = forgeOptions;

const options = {
  config: one({
    help: 'what the train is made of (docs/train.schema.json)',
    value: 'FILE',
    variables: ['TRAIN_CONFIG'],
    parse: asText,
  }),
  format: oneOr({
    help: 'how it is shown',
    value: trainFormats.join('|'),
    fallback: 'text',
    parse: asChoice(...trainFormats),
  }),
  out: one({ help: 'write it to FILE instead of stdout', value: 'FILE', parse: asText }),
  issue: flag({
    help: 'keep one issue for the train: opened when stalled, updated, closed when all has arrived',
  }),
  'dry-run': flag({ help: 'say what would be done with the issue, and leave it' }),
  heartbeat: one({ help: 'write to FILE when it last ran', value: 'FILE', parse: asText }),
  'check-heartbeat': one({
    help: 'look at nothing but such a FILE: is it younger than --max-age?',
    value: 'FILE',
    parse: asText,
  }),
  'max-age': oneOr({ help: 'how old the heartbeat may be', value: 'D', fallback: '2h', parse: asDuration }),
  ...otherForgeOptions,
};

type Options = OptionValues<typeof options>;

async function main(call: Call<Options>): Promise<Verdict> {
  const { options: given, clock, environment, log, redactor } = call;
  if (given['check-heartbeat'] !== null)
    return checkHeartbeat(given['check-heartbeat'], clock.now(), given['max-age']);
  if (given.config === null)
    throw new UsageError(
      'Cannot run without --config: no train is named; give --config train.json, or set TRAIN_CONFIG',
    );
  const config = readTrainConfig(readGivenFile(given.config, `--config "${given.config}"`), given.config);
  const withRepo = { ...call, options: { ...given, repo: config.repo } };
  const context = readContext(withRepo);
  const tenantToken = readSecret(call, 'DEPLOY_ADMIN_TOKEN');
  const stations = config.images.map(({ name, tag }, index) => ({
    name: `${name}:${tag}`,
    image: parseImageName(name, `${given.config}: images[${index}].name`),
    tag,
  }));
  const images = stations.map(({ image }) => image);
  const registry = images.length === 0 ? null : openRegistryFor(withRepo, context, images, 'pull');
  const surveyor = createSurveyor(context, config, {
    clock,
    allowPlainHttp: given.insecure,
    hold: environment.get('PROMOTE_HOLD')?.trim() || null,
    reach: repeatForgeOptions({ ...given, repo: null }, environment),
  });
  let seen = 0;
  const found = await surveyTrain(surveyor, {
    stations,
    registry,
    tenantToken,
    manifestText: readManifestBeside(config, given.config),
    onHop: (hop) => log.progress(`${countOf(++seen, 'hop')} looked at, last ${hop.name}: ${hop.state}`),
  });
  const hops = found.map((hop) => cleanHop(hop, redactor));
  const report: TrainReport = { repo: config.repo, branches: config.branches, hops, checkedAt: clock.now() };
  const { decision } = decideTrain(hops);
  const { heartbeat, out } = given;
  if (heartbeat !== null)
    save('--heartbeat', heartbeat, () => writeHeartbeat(heartbeat, report.checkedAt, decision), log);
  const issue = given.issue ? await keep(call, openForge(context, config.repo), report) : null;
  const text = renderTrain(report, given.format, call.hasColour && out === null);
  const isSaved = out !== null && save('--out', out, () => writeFileSync(out, `${text.trimEnd()}\n`), log);
  return verdictOfTrain(report, { issue, result: isSaved ? null : text });
}

/** What was quoted goes into files and an issue too, and is cut to its cell: so it is redacted and made plain first. */
function cleanHop(hop: Hop, { redact }: Redactor): Hop {
  const next = hop.next && redact(hop.next);
  return {
    ...hop,
    cause: hop.cause && plainWords(redact(hop.cause)),
    next: next && (isCommand(next) ? next : plainWords(next)),
  };
}

/** A manifest beside the train's file, else in the working folder; null where it is in neither. */
function readManifestBeside(config: TrainConfig, file: string): string | null {
  if (config.cascade === null) return null;
  const { manifest } = config.cascade;
  const found = [resolve(dirname(file), manifest), resolve(manifest)].find((path) => existsSync(path));
  return found === undefined ? null : readGivenFile(found, `cascade.manifest "${manifest}"`);
}

async function keep(
  { options: given, log }: Call<Options>,
  forge: Parameters<typeof keepIssue>[0],
  report: TrainReport,
): Promise<number | null> {
  const { number, done } = await keepIssue(forge, {
    marker: markerOf(report.repo, report.branches),
    title: `The train of ${report.repo} is stuck`,
    body: renderMarkdown(report),
    decision: decideTrain(report.hops).decision,
    dryRun: given['dry-run'],
  });
  log.line(`issue${number === null ? '' : ` #${number}`}: ${done}`);
  return number;
}

/** What cannot be written is a warning, and changes no decision. */
function save(name: string, file: string, work: () => void, log: Log): boolean {
  try {
    work();
    return true;
  } catch (error) {
    log.warning(
      `Cannot write ${name} "${file}": ${(error as Error).message}; the decision stands, check the folder`,
    );
    return false;
  }
}

export const script: Script = {
  name: 'train-status',
  summary: 'Shows where every commit of the train is, and the one hop that is stuck, why, and what to type.',
  commands: [defineCommand({ name: '', options, bareResult: true, main })],
  outputs: {
    decision: 'current, moving, stalled or unknown; fresh or stale for --check-heartbeat',
    proceed: 'true for current, moving and fresh',
    reason: 'one sentence',
    hop: 'the hop it hangs on',
    cause: 'why it does',
    next: 'the command that mends it',
    issue: "the train's issue, where --issue keeps one",
  },
  exits: {
    0: 'all hops current or moving; the heartbeat is fresh',
    1: 'a hop is stalled; the heartbeat is stale',
    3: 'a hop could not be told, and none is stalled',
  },
};
