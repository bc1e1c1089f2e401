import type { Rule } from './rule.ts';
import { actionRuntime } from './rules/action-runtime.ts';
import { artifactVersion } from './rules/artifact-version.ts';
import { continueOnErrorTracked } from './rules/continue-on-error-tracked.ts';
import { cronFires } from './rules/cron-fires.ts';
import { curlStatusOnce } from './rules/curl-status-once.ts';
import { decodes } from './rules/decodes.ts';
import { deploySurvivesNextPush } from './rules/deploy-survives-next-push.ts';
import { dispatchTargetExists } from './rules/dispatch-target-exists.ts';
import { errorIsNotAValue } from './rules/error-is-not-a-value.ts';
import { eventFires } from './rules/event-fires.ts';
import { filterCanMatch } from './rules/filter-can-match.ts';
import { filterCompiles } from './rules/filter-compiles.ts';
import { filtersNotList } from './rules/filters-not-list.ts';
import { forgeNeutralHost } from './rules/forge-neutral-host.ts';
import { honouredKeys } from './rules/honoured-keys.ts';
import { ignoreValid } from './rules/ignore-valid.ts';
import { jobIfAfterFailure } from './rules/job-if-after-failure.ts';
import { jobNameLiteral } from './rules/job-name-literal.ts';
import { jqFirstOrDefault } from './rules/jq-first-or-default.ts';
import { literalContinueOnError } from './rules/literal-continue-on-error.ts';
import { localUsesExists } from './rules/local-uses-exists.ts';
import { mappingEnv } from './rules/mapping-env.ts';
import { mappingServices } from './rules/mapping-services.ts';
import { mappingStrategy } from './rules/mapping-strategy.ts';
import { matrixExcludeKnown } from './rules/matrix-exclude-known.ts';
import { namedWorkflow } from './rules/named-workflow.ts';
import { noAliasAcrossJobs } from './rules/no-alias-across-jobs.ts';
import { noAliasInOn } from './rules/no-alias-in-on.ts';
import { noCallInterface } from './rules/no-call-interface.ts';
import { noDispatchInputs } from './rules/no-dispatch-inputs.ts';
import { noLeadingBlankInBlock } from './rules/no-leading-blank-in-block.ts';
import { noNullFilter } from './rules/no-null-filter.ts';
import { noServerPanic } from './rules/no-server-panic.ts';
import { noStringConcurrency } from './rules/no-string-concurrency.ts';
import { notShadowed } from './rules/not-shadowed.ts';
import { requiredCheckAlwaysRuns } from './rules/required-check-always-runs.ts';
import { requiredCheckExists } from './rules/required-check-exists.ts';
import { requiredCheckInMergeQueue } from './rules/required-check-in-merge-queue.ts';
import { resolvableUses } from './rules/resolvable-uses.ts';
import { runnerLabelExists } from './rules/runner-label-exists.ts';
import { scalarWith } from './rules/scalar-with.ts';
import { staticMatrix } from './rules/static-matrix.ts';
import { staticRunsOn } from './rules/static-runs-on.ts';
import { stringFilters } from './rules/string-filters.ts';
import { summaryIsSeen } from './rules/summary-is-seen.ts';
import { tokenPushStartsNothing } from './rules/token-push-starts-nothing.ts';
import { typesFire } from './rules/types-fire.ts';
import { uniqueWorkflowName } from './rules/unique-workflow-name.ts';
import { vendoredScriptExists } from './rules/vendored-script-exists.ts';
import { workflowRunExists } from './rules/workflow-run-exists.ts';
import { yamlValid } from './rules/yaml-valid.ts';

/** Every rule, in the order of docs/rules.md: the file itself, dropped, never fires, not as written, wiring, scripts. */
export const rules: readonly Rule[] = [
  yamlValid,
  ignoreValid,
  decodes,
  noDispatchInputs,
  noCallInterface,
  noNullFilter,
  stringFilters,
  noAliasInOn,
  literalContinueOnError,
  noLeadingBlankInBlock,
  noAliasAcrossJobs,
  mappingEnv,
  mappingStrategy,
  mappingServices,
  scalarWith,
  matrixExcludeKnown,
  noStringConcurrency,
  filtersNotList,
  noServerPanic,
  eventFires,
  typesFire,
  filterCompiles,
  filterCanMatch,
  notShadowed,
  cronFires,
  staticMatrix,
  staticRunsOn,
  jobIfAfterFailure,
  honouredKeys,
  deploySurvivesNextPush,
  artifactVersion,
  actionRuntime,
  resolvableUses,
  namedWorkflow,
  jobNameLiteral,
  forgeNeutralHost,
  summaryIsSeen,
  workflowRunExists,
  dispatchTargetExists,
  uniqueWorkflowName,
  requiredCheckExists,
  requiredCheckAlwaysRuns,
  requiredCheckInMergeQueue,
  tokenPushStartsNothing,
  localUsesExists,
  runnerLabelExists,
  vendoredScriptExists,
  curlStatusOnce,
  errorIsNotAValue,
  jqFirstOrDefault,
  continueOnErrorTracked,
];
