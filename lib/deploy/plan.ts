import { readContext, type Context } from '../context.ts';
import { countOf } from '../count.ts';
import type { OptionValues } from '../options.ts';
import { renderTable } from '../report.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import { describeFork, findSha } from '../subject.ts';
import { endpointOf, isEnabled, listMissing, openAdmin } from './control-plane.ts';
import { fillTag, rolloutOptions } from './rollout-options.ts';
import { commitOptions, readSuperseded } from './superseded.ts';
import { hasTenantSource, readSlugs, tenantOptions } from './tenants.ts';

const planTable = { ...rolloutOptions, ...tenantOptions, ...commitOptions };

/** `prod-auto-deploy plan`. */
export const plan = defineCommand({
  name: 'plan',
  summary: 'what rollout and verify would do from this environment; sends nothing but reads',
  options: planTable,
  main: runPlan,
});

async function runPlan(call: Call<OptionValues<typeof planTable>>): Promise<Verdict> {
  const { options, environment } = call;
  const context = readContext(call);
  const sha = findSha(call.options.sha, context, environment);
  const subject = {
    ...(context.repo === undefined ? {} : { repo: context.repo }),
    ...(sha === null ? {} : { sha }),
  };
  const enabled = isEnabled(call);
  const missing = [
    ...(context.repo === undefined ? ['GITHUB_REPOSITORY (--repo)'] : []),
    ...(sha === null ? ['GITHUB_SHA (--sha)'] : []),
    ...listMissing(call),
  ];
  if (!hasTenantSource(options)) missing.push('DEPLOY_TENANTS, DEPLOY_TENANTS_FILE or DEPLOY_TENANTS_URL');
  const tag = sha === null ? '' : fillTag(options['target-tag'], sha);
  if (options['cp-url'] !== null) endpointOf(options['cp-url'], options.endpoint, options.insecure);
  const isComplete = missing.length === 0;
  const tenants = isComplete ? (await readSlugs(options, openAdmin(call))).length : 0;
  const state = isComplete && sha !== null ? await readSuperseded(call, sha) : null;
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
  const refusal = decideRefusal(call, { missing, context });
  if (refusal !== null) return { ...shared, ...refusal, proceed: false };
  return {
    ...shared,
    decision: 'ready',
    exit: 0,
    proceed: true,
    reason: `would roll ${countOf(tenants, 'tenant')} to ${tag}, ${options['batch-size']} at a time`,
  };
}

/** Why nothing could be rolled out from here; null where it could. */
function decideRefusal(
  call: Call<object>,
  { missing, context }: { missing: readonly string[]; context: Context },
): Pick<Verdict, 'decision' | 'exit' | 'reason'> | null {
  if (missing.length > 0) {
    const reason = `Cannot roll out: not set: ${missing.join('; ')}; set all of these`;
    return { decision: 'incomplete', exit: 2, reason };
  }
  // rollout and verify refuse it, whatever is set.
  const fork = describeFork(context);
  if (fork !== null) return { decision: 'disabled', exit: 1, reason: fork };
  if (isEnabled(call)) return null;
  const disabled = call.environment.get('DEPLOY_DISABLED');
  const reason = `Cannot roll out: DEPLOY_DISABLED is "${disabled}"; empty it, or set it to false`;
  return { decision: 'disabled', exit: 1, reason };
}
