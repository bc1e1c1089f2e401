import {
  readContext,
  readHttp,
  requireRepo,
  requireSha,
  describeFork,
  forgeOptions,
  shaOption,
} from '../lib/context.ts';
import { decideRollout, type RolloutAnswer } from '../lib/deploy/rollout-answer.ts';
import { fillTag, rolloutOnlyOptions, rolloutOptions } from '../lib/deploy/rollout-options.ts';
import { createTenantRelation } from '../lib/deploy/resolve-commit.ts';
import { readSuperseded, supersededOptions } from '../lib/deploy/superseded.ts';
import { chooseShard, hasTenantSource, readTenants, tenantOptions } from '../lib/deploy/tenants.ts';
import { decideFleet, type FleetAnswer, type TenantAnswer } from '../lib/deploy/tenant-state.ts';
import { verifyFleet } from '../lib/deploy/verify-fleet.ts';
import { formatDuration } from '../lib/duration.ts';
import { UsageError } from '../lib/errors.ts';
import { assertSafeUrl, HttpFault } from '../lib/http.ts';
import { asDuration, asInteger, asText, one, oneOr, onUnless, type OptionValues } from '../lib/options.ts';
import { renderTable } from '../lib/report.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { shortSha } from '../lib/sha.ts';

const commitOptions = { ...shaOption, ...supersededOptions, ...forgeOptions };

const checkSuperseded = defineCommand({
  name: 'check-superseded',
  summary: "has a newer commit reached the branch since this job's?",
  bareResult: true,
  options: commitOptions,
  async main(call) {
    const { sha, subject } = readSubject(call);
    const { superseded, head, sure, reason } = await readSuperseded(call, sha);
    return {
      decision: superseded ? 'superseded' : 'latest',
      exit: superseded ? 0 : 10,
      proceed: !superseded,
      reason: sure ? reason : `counts as the latest, because it could not be told: ${reason}`,
      announce: sure ? 'notice' : 'warning',
      subject,
      evidence: [{ what: `head of ${call.options.branch}`, value: head ?? 'not newer' }],
      outputs: { newer: head ?? '' },
      ...(head === null ? {} : { result: head }),
    };
  },
});

function readSubject(call: Call<OptionValues<typeof commitOptions>>): {
  sha: string;
  subject: Record<string, string>;
} {
  const context = readContext(call);
  const repo = requireRepo(context);
  const sha = requireSha(call.options.sha, context, call.environment);
  return { sha, subject: { repo, sha } };
}

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
  poll: oneOr({ help: 'pause between rounds', value: 'D', fallback: '10s', parse: asDuration }),
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

const verify = defineCommand({
  name: 'verify',
  summary: 'does every reachable tenant run this commit?',
  options: verifyOptions,
  main: runVerify,
});

async function runVerify(call: Call<OptionValues<typeof verifyOptions>>): Promise<Verdict> {
  const { options, log, environment } = call;
  const { sha, subject } = readSubject(call);
  const fork = describeFork(readContext(call));
  if (fork !== null) return { decision: 'refuse', exit: 1, proceed: false, reason: fork, subject };
  const http = readHttp(call, options.insecure);
  const list = await readTenants(options, {
    http,
    token: readAdminToken(call),
    allowPlainHttp: options.insecure,
  });
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
      http,
      clock: call.clock,
      relate: createTenantRelation(call, sha),
      onSettled: (answer, settled) => {
        log.progress(`${settled} of ${tenants.length} tenants run ${shortSha(sha)}`);
        if (environment.get('GITHUB_ACTIONS') === 'true')
          log.line(`${answer.slug}: ${answer.state}: ${answer.why}`);
      },
      isEnough: (all) => decideFleet(all, settings).decision === 'go',
    },
  );
  const fleet = decideFleet(answers, settings);
  const late = fleet.decision === 'go' ? null : await findSuperseded(call, sha);
  if (late !== null) return { ...late, subject, ...describeFleet(answers, sha) };
  if (fleet.decision !== 'go') announceTenants(call, answers, sha);
  return { ...verdictOfFleet(fleet, sha, options.wait), subject, ...describeFleet(answers, sha) };
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

function announceTenants(
  { log }: Call<unknown & object>,
  answers: readonly TenantAnswer[],
  sha: string,
): void {
  for (const { slug, state, actual, why } of answers) {
    if (state === 'stale') log.error(`${slug} is stale: actual=${actual ?? ''}, expected=${sha} (${why})`);
    if (state === 'unreachable' || state === 'unparseable') log.error(`${slug} is ${state}: ${why}`);
  }
}

function verdictOfFleet({ decision, reason }: FleetAnswer, sha: string, waitMs: number): Verdict {
  const isGo = decision === 'go';
  return {
    decision,
    exit: isGo ? 0 : 1,
    proceed: isGo,
    reason: isGo
      ? `${reason}; all run ${shortSha(sha)} or newer`
      : `Cannot confirm ${shortSha(sha)} after ${formatDuration(waitMs)}: ${reason}; look at the tenants named, then run verify again`,
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

const rolloutTable = { ...rolloutOptions, ...rolloutOnlyOptions, ...tenantOptions, ...commitOptions };

const rollout = defineCommand({
  name: 'rollout',
  summary: 'tell the control plane, once, to roll the fleet to this commit',
  options: rolloutTable,
  main: runRollout,
});

async function runRollout(call: Call<OptionValues<typeof rolloutTable>>): Promise<Verdict> {
  const { options, log } = call;
  const { sha, subject } = readSubject(call);
  const fork = describeFork(readContext(call));
  if (fork !== null) return { decision: 'failed', exit: 1, proceed: false, reason: fork, subject };
  const missing = listMissing(call);
  if (missing.length > 0)
    throw new UsageError(
      `Cannot roll out: ${missing.join(' and ')} not set; set what is missing ("plan" shows all of it)`,
    );
  const url = endpointOf(options['cp-url'] as string, options.endpoint, options.insecure);
  const tag = fillTag(options['target-tag'], sha);
  const http = readHttp(call, options.insecure);
  const token = readAdminToken(call) as string;
  const listed = hasTenantSource(options)
    ? (await readTenants(options, { http, token, allowPlainHttp: options.insecure })).length
    : 0;
  const state = await readSuperseded(call, sha);
  if (!state.sure) log.warning(`counts as the latest, because it could not be told: ${state.reason}`);
  if (state.superseded) {
    return {
      decision: 'superseded',
      exit: 0,
      proceed: false,
      reason: `superseded, nothing was sent: ${state.reason}`,
      subject,
    };
  }
  const answer = await postRollout();
  return { ...verdictOfRollout(answer, url), subject };

  async function postRollout(): Promise<RolloutAnswer> {
    const purpose = `roll the fleet to ${tag}`;
    const body = {
      target_tag: tag,
      canary_slug: options.canary,
      soak_seconds: Math.round(options.soak / 1000),
      batch_size: options['batch-size'],
      dry_run: options['dry-run'],
    };
    try {
      const sent = await http.send({
        purpose,
        method: 'POST',
        url: url.href,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify(body),
        attempts: 1,
        timeoutMs: options.timeout,
        deadlineMs: options.timeout,
        keepRedirect: true,
      });
      return decideRollout(sent, { dryRun: options['dry-run'], listed, words: http.describe(sent) });
    } catch (error) {
      if (!(error instanceof HttpFault)) throw error;
      const reason = error.maybeSent ? `${error.message}; whether it acted is not known` : error.message;
      return { decision: error.kind === 'rate-limited' ? 'failed' : 'unknown', reason, results: [] };
    }
  }
}

function verdictOfRollout({ decision, reason, results }: RolloutAnswer, url: URL): Verdict {
  const rows = results.map((one) => [
    one.slug,
    one.phase,
    one.status,
    one.exitCode,
    one.healthy ? 'yes' : 'no',
    one.error,
  ]);
  const exits = { rolled: 0, 'dry-run': 0, failed: 1, unknown: 3 } as const;
  const texts = {
    rolled: reason,
    'dry-run': reason,
    failed: `Cannot roll the fleet: ${reason}; mend that tenant, then run rollout again`,
    unknown: `Cannot tell whether the fleet was rolled: ${reason}; it was sent once and is not sent again: look at the control plane, or run verify`,
  };
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'rolled' || decision === 'dry-run',
    changed: decision === 'rolled',
    reason: texts[decision],
    evidence: results.map((one) => ({ what: one.slug, value: one.healthy ? 'healthy' : 'not healthy' })),
    summary: renderTable(['Tenant', 'Phase', 'Status', 'Exit code', 'Healthy', 'Error'], rows),
    details: { endpoint: url.pathname, results },
    next: decision === 'unknown' ? ['node vendor/prod-auto-deploy.mjs verify --wait 0s'] : [],
  };
}

const planTable = { ...rolloutOptions, ...tenantOptions, ...commitOptions };

const plan = defineCommand({
  name: 'plan',
  summary: 'what rollout and verify would do from this environment; sends nothing but reads',
  options: planTable,
  main: runPlan,
});

async function runPlan(call: Call<OptionValues<typeof planTable>>): Promise<Verdict> {
  const { options, environment } = call;
  const { sha, subject } = readSubject(call);
  const disabled = environment.get('DEPLOY_DISABLED');
  const enabled = disabled === undefined || /^(false|0|no|off)$/i.test(disabled.trim());
  const missing = listMissing(call);
  if (!hasTenantSource(options)) missing.push('DEPLOY_TENANTS, DEPLOY_TENANTS_FILE or DEPLOY_TENANTS_URL');
  const tag = fillTag(options['target-tag'], sha);
  if (options['cp-url'] !== null) endpointOf(options['cp-url'], options.endpoint, options.insecure);
  const http = readHttp(call, options.insecure);
  const readable = hasTenantSource(options) && missing.length === 0;
  const tenants = readable
    ? (await readTenants(options, { http, token: readAdminToken(call), allowPlainHttp: options.insecure }))
        .length
    : 0;
  const state = missing.length === 0 ? await readSuperseded(call, sha) : null;
  const superseded = state === null || !state.sure ? 'unknown' : String(state.superseded);
  const outputs = {
    enabled: String(enabled),
    target_tag: tag,
    canary: options.canary ?? '',
    batch_size: String(options['batch-size']),
    tenants: String(tenants),
    superseded,
  };
  const rows = Object.entries(outputs).map(([name, value]) => [name, value]);
  for (const [name, value] of rows) call.log.line(`${(name as string).padEnd(12)} ${value}`);
  const shared = {
    subject,
    outputs,
    summary: renderTable(['Setting', 'Value'], rows),
    details: { ...outputs, tenants, enabled, missing },
  };
  if (missing.length > 0) {
    return {
      ...shared,
      decision: 'incomplete',
      exit: 2,
      proceed: false,
      reason: `Cannot roll out: not set: ${missing.join('; ')}; set all of these`,
    };
  }
  if (!enabled) {
    return {
      ...shared,
      decision: 'disabled',
      exit: 1,
      proceed: false,
      reason: `Cannot roll out: DEPLOY_DISABLED is "${disabled}"; empty it, or set it to false`,
    };
  }
  return {
    ...shared,
    decision: 'ready',
    exit: 0,
    proceed: true,
    reason: `would roll ${tenants} tenants to ${tag}, ${options['batch-size']} at a time`,
  };
}

function listMissing({ options, environment }: Call<{ 'cp-url': string | null }>): string[] {
  return [
    options['cp-url'] === null ? 'DEPLOY_CP_URL' : '',
    environment.get('DEPLOY_ADMIN_TOKEN') === undefined ? 'DEPLOY_ADMIN_TOKEN' : '',
  ].filter(Boolean);
}

function readAdminToken({ environment, redactor }: Call<unknown & object>): string | undefined {
  const token = environment.get('DEPLOY_ADMIN_TOKEN')?.trim();
  redactor.hide(token);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      'Cannot use DEPLOY_ADMIN_TOKEN: it holds characters that no token has; set it again without line breaks',
    );
  }
  return token;
}

function endpointOf(base: string, endpoint: string, allowPlainHttp: boolean): URL {
  const root = assertSafeUrl(base, allowPlainHttp, 'control plane URL');
  return new URL(`${root.origin}${root.pathname.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`);
}

export const script: Script = {
  name: 'prod-auto-deploy',
  summary: 'Rolls the fleet forward to a commit, and knows that it rolled.',
  commands: [plan, rollout, verify, checkSuperseded],
  outputs: {
    decision:
      'plan: ready, disabled, incomplete; rollout: rolled, dry-run, superseded, failed, unknown; verify: go, stale, superseded, refuse, unknown; check-superseded: superseded, latest',
    proceed: 'true where the next step may go on',
    newer: 'check-superseded: the newer commit',
    enabled: 'plan: true or false',
    target_tag: 'plan: the image tag',
    canary: 'plan: the tenant that goes first',
    batch_size: 'plan: tenants at a time',
    tenants: 'plan: how many are listed',
    superseded: 'plan: true, false or unknown',
    reason: 'one sentence',
  },
  exits: {
    0: 'ready; rolled; every tenant current or ahead; superseded',
    1: 'disabled; failed; a tenant is stale, unreachable or unparseable',
    10: 'check-superseded: still the latest, or it could not be told: run the strict verify',
  },
};
