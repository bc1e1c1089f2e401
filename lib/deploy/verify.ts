import { countOf } from '../count.ts';
import { formatDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import {
  asDuration,
  asInteger,
  asPause,
  asText,
  one,
  oneOr,
  onUnless,
  type OptionValues,
} from '../options.ts';
import { renderTable } from '../report.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import { shortSha } from '../sha.ts';
import { describeFork, readSubject } from '../subject.ts';
import { openAdmin } from './control-plane.ts';
import { createTenantRelation } from './resolve-commit.ts';
import { commitOptions, readSuperseded } from './superseded.ts';
import { decideFleet, type FleetAnswer, type TenantAnswer } from './tenant-state.ts';
import { chooseShard, readTenants, tenantOptions } from './tenants.ts';
import { verifyFleet } from './verify-fleet.ts';

const verifyOptions = {
  ...tenantOptions,
  path: oneOr({
    help: "the build info's path, behind the tenant's address",
    value: 'P',
    variables: ['DEPLOY_BUILDINFO_PATH'],
    fallback: '/buildinfo',
    parse: asText,
  }),
  field: oneOr({ help: 'its field that holds the commit', value: 'F', fallback: 'git_sha', parse: asText }),
  'expect-count': one({ help: 'fewer tenants listed: refuse', value: 'N', parse: asInteger(0, 1_000_000) }),
  wait: oneOr({ help: 'how long until all agree', value: 'D', fallback: '10m', parse: asDuration }),
  poll: oneOr({ help: 'pause between rounds', value: 'D', fallback: '10s', parse: asPause }),
  hits: oneOr({
    help: 'answers in a row, each on a new connection, before a tenant counts',
    value: 'N',
    fallback: '2',
    parse: asInteger(1, 100),
  }),
  'max-unreachable': oneOr({
    help: 'how many may be out of reach',
    value: 'N|N%',
    fallback: '0',
    parse: parseLimit,
  }),
  concurrency: oneOr({
    help: 'tenants asked at a time',
    value: 'N',
    fallback: '16',
    parse: asInteger(1, 256),
  }),
  'superseded-ok': onUnless({ help: 'do not ask check-superseded first, and again before failing' }),
  ...commitOptions,
};

function parseLimit(text: string, source: string): { count: number } | { share: number } {
  const match = /^(\d{1,6})(%?)$/.exec(text);
  const value = Number(match?.[1]);
  if (!match || (match[2] === '%' && value > 100)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no limit; give a number, or a share as 10%`);
  }
  return match[2] === '%' ? { share: value / 100 } : { count: value };
}

/** `prod-auto-deploy verify`. */
export const verify = defineCommand({
  name: 'verify',
  summary: 'does every reachable tenant run this commit?',
  options: verifyOptions,
  main: runVerify,
});

async function runVerify(call: Call<OptionValues<typeof verifyOptions>>): Promise<Verdict> {
  const { options, log, environment } = call;
  const { context, repo, sha } = readSubject(call);
  const subject = { repo, sha };
  const fork = describeFork(context);
  if (fork !== null) return { decision: 'refuse', exit: 1, proceed: false, reason: fork, subject };
  const admin = openAdmin(call, { fresh: true });
  const list = await readTenants(options, admin);
  const early = await findSuperseded(call, sha);
  if (early !== null) return { ...early, subject };
  const tenants = chooseShard(list, options.shard);
  const settings = {
    listed: list.length,
    expectCount: options['expect-count'],
    maxUnreachable: options['max-unreachable'],
  };
  const enoughListed =
    list.length > 0 && (settings.expectCount === null || list.length >= settings.expectCount);
  const answers = await verifyFleet(
    {
      tenants: enoughListed ? tenants : [],
      expected: sha,
      path: options.path,
      field: options.field,
      hits: options.hits,
      concurrency: options.concurrency,
      waitMs: options.wait,
      pollMs: options.poll,
    },
    {
      http: admin.http,
      clock: call.clock,
      relate: createTenantRelation(call, sha),
      onSettled: (answer, settled) => {
        log.progress(`${settled} of ${countOf(tenants.length, 'tenant')} at ${shortSha(sha)}`);
        if (environment.get('GITHUB_ACTIONS') === 'true')
          log.line(`${answer.slug}: ${answer.state}: ${answer.why}`);
      },
      isEnough: (all) => decideFleet(all, settings).decision === 'go',
    },
  );
  // As they settled they came in any order; Gitea shows no summary, so here they stand in theirs.
  for (const { slug, state, why } of answers) log.line(`${slug}: ${state}: ${why}`);
  const fleet = decideFleet(answers, settings);
  const late = fleet.decision === 'go' ? null : await findSuperseded(call, sha);
  if (late !== null) return { ...late, subject, ...describeFleet(answers, sha) };
  if (fleet.decision !== 'go') announceTenants(call, answers, sha);
  return {
    ...verdictOfFleet(fleet, answers, { sha, waitMs: options.wait }),
    subject,
    ...describeFleet(answers, sha),
  };
}

async function findSuperseded(
  call: Call<OptionValues<typeof verifyOptions>>,
  sha: string,
): Promise<Verdict | null> {
  if (!call.options['superseded-ok']) return null;
  const { superseded, head, sure, reason } = await readSuperseded(call, sha);
  if (!sure) call.log.warning(`counts as the latest, because it could not be told: ${reason}`);
  if (!superseded) return null;
  return {
    decision: 'superseded',
    exit: 0,
    proceed: false,
    reason: `superseded: ${reason}; the verify of the newer commit is the one that counts`,
    evidence: [{ what: `head of ${call.options.branch}`, value: head ?? '' }],
  };
}

function announceTenants({ log }: Call<object>, answers: readonly TenantAnswer[], sha: string): void {
  for (const { slug, state, actual, why } of answers) {
    if (state === 'stale') log.error(`${slug} is stale: actual=${actual ?? ''}, expected=${sha}`);
    if (state === 'unreachable' || state === 'unparseable') log.error(`${slug} is ${state}: ${why}`);
  }
}

function verdictOfFleet(
  { decision, reason }: FleetAnswer,
  answers: readonly TenantAnswer[],
  { sha, waitMs }: { sha: string; waitMs: number },
): Verdict {
  const isWhole = answers.every(({ state }) => state !== 'unreachable');
  const isGo = decision === 'go';
  const waited = answers.length === 0 ? '' : ` after ${formatDuration(waitMs)}`;
  return {
    decision,
    exit: isGo ? 0 : 1,
    proceed: isGo,
    reason: isGo
      ? `${reason}; ${isWhole ? 'all run' : 'all that answered run'} ${shortSha(sha)} or newer`
      : `Cannot confirm ${shortSha(sha)}${waited}: ${reason}; look at the tenants named, then run verify again`,
  };
}

function describeFleet(
  answers: readonly TenantAnswer[],
  expected: string,
): Pick<Verdict, 'summary' | 'details' | 'evidence' | 'outputs'> {
  const rows = answers.map(({ slug, state, actual, why }) => [slug, state, actual ?? '', why]);
  return {
    summary: renderTable(['Tenant', 'State', 'Runs', 'Why'], rows),
    evidence: answers.map(({ slug, state, why }) => ({ what: slug, value: `${state}: ${why}` })),
    details: { expected, tenants: answers.map(({ slug, state, actual }) => ({ slug, state, actual })) },
  };
}
