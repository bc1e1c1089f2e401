import { UsageError } from '../errors.ts';
import { repeatForgeOptions } from '../forge-words.ts';
import type { OptionValues } from '../options.ts';
import { renderTable } from '../report.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import { shellCommand } from '../shell-command.ts';
import { describeFork, readSubject } from '../subject.ts';
import { endpointOf, isEnabled, listMissing, openAdmin } from './control-plane.ts';
import { postRollout } from './post-rollout.ts';
import type { RolloutAnswer, RolloutResult } from './rollout-answer.ts';
import { fillTag, rolloutOnlyOptions, rolloutOptions } from './rollout-options.ts';
import { commitOptions, readSuperseded } from './superseded.ts';
import { hasTenantSource, readSlugs, repeatTenantOptions, tenantOptions } from './tenants.ts';

const rolloutTable = { ...rolloutOptions, ...rolloutOnlyOptions, ...tenantOptions, ...commitOptions };

/** `prod-auto-deploy rollout`. */
export const rollout = defineCommand({
  name: 'rollout',
  summary: 'tell the control plane, once, to roll the fleet to this commit',
  options: rolloutTable,
  main: runRollout,
});

async function runRollout(call: Call<OptionValues<typeof rolloutTable>>): Promise<Verdict> {
  const { options, log } = call;
  const { context, repo, sha } = readSubject(call);
  const subject = { repo, sha };
  const fork = describeFork(context);
  if (fork !== null) return { decision: 'failed', exit: 1, proceed: false, reason: fork, subject };
  if (!isEnabled(call)) {
    const reason = 'Cannot roll out: DEPLOY_DISABLED is set, nothing was sent; empty it, or set it to false';
    return { decision: 'failed', exit: 1, proceed: false, reason, subject };
  }
  const missing = listMissing(call);
  if (missing.length > 0)
    throw new UsageError(
      `Cannot roll out: ${missing.join(' and ')} not set; set what is missing ("plan" shows all of it)`,
    );
  const url = endpointOf(options['cp-url'] as string, options.endpoint, options.insecure);
  const tag = fillTag(options['target-tag'], sha);
  const admin = openAdmin(call);
  call.onStop(() => 'nothing was sent');
  const listed = await readSlugs(options, admin);
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
  const next = howToLook(call, sha);
  call.onStop(() => ({ ...stoppedAfterSending, next, subject }));
  const answer = await postRollout(admin, { url, tag, listed, options });
  for (const one of answer.results)
    log.line(
      `${one.slug}: ${[one.healthy ? 'healthy' : 'not healthy', one.phase, one.error].filter(Boolean).join(': ')}`,
    );
  for (const one of answer.results.filter(isOdd)) log.warning(describeOdd(one));
  return {
    ...verdictOfRollout(answer, url, { dryRun: options['dry-run'], next }),
    subject,
  };
}

/** To run it again would be a second rollout. */
const stoppedAfterSending = {
  decision: 'unknown',
  exit: 3,
  proceed: false,
  reason: 'the rollout was sent, or on its way, and whether it acted is not known',
  mend: 'look at the control plane, or run verify: another rollout is a second one',
} as const;

/** Healthy after a command that failed: it may be the build before that answers. */
function isOdd({ healthy, error, exitCode }: RolloutResult): boolean {
  return healthy && (error !== '' || !['', '0'].includes(exitCode));
}

function describeOdd({ slug, error, exitCode }: RolloutResult): string {
  const found = [error && `"${error}"`, exitCode && `exit code ${exitCode}`].filter(Boolean).join(', ');
  return `${slug} is healthy, but its rollout reports ${found}; run verify: it may be the build before that answers`;
}

/** The command that asks the tenants themselves, where it is known who they are. */
function howToLook({ options, environment }: Call<OptionValues<typeof rolloutTable>>, sha: string): string[] {
  if (!hasTenantSource(options))
    return ['look at the control plane: which tag does each tenant run? (verify asks those of --tenant)'];
  const words = repeatTenantOptions(options, environment);
  const branch =
    options.branch === (environment.get('DEPLOY_BRANCH') ?? 'main') ? [] : ['--branch', options.branch];
  const given = [...words, ...branch, ...repeatForgeOptions(options, environment)];
  return [
    shellCommand('node', 'vendor/prod-auto-deploy.mjs', 'verify', '--wait', '0s', '--sha', sha, ...given),
  ];
}

function verdictOfRollout(
  answer: RolloutAnswer,
  url: URL,
  { dryRun, next }: { dryRun: boolean; next: string[] },
): Verdict {
  const { decision, reason, results, isSent = true } = answer;
  const rows = results.map((one) => [
    one.slug,
    one.phase,
    one.status,
    one.exitCode,
    one.healthy ? 'yes' : 'no',
    one.error,
  ]);
  const plain = reason.replace(/^Cannot [^:]*: /, '');
  const exits = { rolled: 0, 'dry-run': 0, failed: 1, unknown: 3 } as const;
  const texts = {
    rolled: reason,
    'dry-run': reason,
    failed: `Cannot roll the fleet: ${plain}; mend that, then run rollout again`,
    unknown: !isSent
      ? `Cannot roll the fleet: ${plain}`
      : `Cannot tell whether the fleet was rolled: ${plain}; it was sent once and is not sent again: look at the control plane, or run verify`,
  };
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'rolled' || decision === 'dry-run',
    changed: !dryRun && results.some((one) => one.healthy),
    reason: texts[decision],
    evidence: results.map((one) => ({ what: one.slug, value: one.healthy ? 'healthy' : 'not healthy' })),
    summary: renderTable(['Tenant', 'Phase', 'Status', 'Exit code', 'Healthy', 'Error'], rows),
    details: { endpoint: url.pathname, results },
    next: decision === 'unknown' && isSent ? next : [],
  };
}
