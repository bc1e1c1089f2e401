import { UsageError } from '../errors.ts';
import { asDuration, asInteger, asPause, asText, flag, one, oneOr } from '../options.ts';
import { shortSha } from '../sha.ts';

/** What the control plane is told. */
export const rolloutOptions = {
  'cp-url': one({ help: 'the control plane', value: 'URL', variables: ['DEPLOY_CP_URL'], parse: asText }),
  endpoint: oneOr({
    help: "the rollout's path there",
    value: 'PATH',
    variables: ['DEPLOY_ENDPOINT'],
    fallback: '/cp/admin/tenants/redeploy-fleet',
    parse: asText,
  }),
  'target-tag': oneOr({
    help: 'the image tag to roll out; {short} and {sha} are filled in',
    value: 'TAG',
    variables: ['DEPLOY_TARGET_TAG'],
    fallback: 'staging-{short}',
    parse: asText,
  }),
  canary: one({
    help: 'the tenant that goes first',
    value: 'SLUG',
    variables: ['DEPLOY_CANARY', 'DEPLOY_CANARY_SLUG'],
    parse: asText,
    mayBeEmpty: true,
  }),
  soak: oneOr({
    help: 'how long the canary runs before the others follow',
    value: 'D',
    variables: ['DEPLOY_SOAK'],
    fallback: '60s',
    parse: asDuration,
  }),
  'batch-size': oneOr({
    help: 'tenants at a time',
    value: 'N',
    variables: ['DEPLOY_BATCH_SIZE'],
    fallback: '3',
    parse: asInteger(1, 1000),
  }),
};

/** How it is told. */
export const rolloutOnlyOptions = {
  'dry-run': flag({
    help: "the control plane's dry run: one POST with dry_run true",
    variables: ['DEPLOY_DRY_RUN'],
  }),
  timeout: oneOr({
    help: 'how long the one call may take',
    value: 'D',
    variables: ['DEPLOY_TIMEOUT'],
    fallback: '20m',
    parse: asPause,
  }),
};

/** The tag with the commit filled in. Throws UsageError where it is no tag. */
export function fillTag(template: string, sha: string): string {
  const tag = template.replaceAll('{short}', shortSha(sha)).replaceAll('{sha}', sha);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) {
    throw new UsageError(
      `Cannot use --target-tag: "${tag}" is no image tag; give letters, digits, "_", "." and "-", 128 at most`,
    );
  }
  return tag;
}
