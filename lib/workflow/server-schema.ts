import { anything, listOf, mapOf, node, struct, text, withRule, type GoType } from './go-types.ts';

/**
 * The structs that Gitea decodes a workflow into, by minor version: `Workflow`, `Job`, `Step` and so on of
 * act's pkg/model and pkg/jobparser, v0.259.1 (Gitea 1.22), v0.261.3 (1.23), v0.261.4 (1.24) and
 * v0.261.7 of 2025-10-03 (1.25). Both packages decode the same text, so a field has the narrower of its two
 * types. Names in lower case without a hyphen are fields that have no tag in Go.
 */
export function workflowType(minor: number): GoType {
  const known = schemas.get(minor);
  if (known) return known;
  const made = makeWorkflowType(minor);
  schemas.set(minor, made);
  return made;
}

const schemas = new Map<number, GoType>();

function makeWorkflowType(minor: number): GoType {
  return struct({
    file: text,
    name: text,
    on: node,
    env: mapOf(withRule(text, 'mapping-env'), 'mapping-env'),
    jobs: mapOf(jobType(minor)),
    defaults,
    ...(minor >= 24 && { concurrency: concurrencyType(minor) }),
    ...(minor >= 25 && { 'run-name': text }),
  });
}

const defaults = struct({ run: struct({ shell: text, 'working-directory': text }) });

/** 1.24 reads `concurrency` as a mapping only; 1.25 takes a text as well. */
function concurrencyType(minor: number): GoType {
  const fields = { group: text, 'cancel-in-progress': text };
  return minor === 24
    ? struct(fields, 'no-string-concurrency')
    : { is: 'struct', fields, orText: true, rule: 'no-string-concurrency' };
}

const stepType = struct({
  id: text,
  if: node,
  name: text,
  uses: text,
  run: text,
  'working-directory': text,
  shell: text,
  env: node,
  with: mapOf(withRule(text, 'scalar-with')),
  'continue-on-error': { is: 'bool', rule: 'literal-continue-on-error' },
  'timeout-minutes': text,
});

const serviceType = struct(
  {
    image: text,
    env: mapOf(text),
    ports: listOf(text),
    volumes: listOf(text),
    options: text,
    credentials: mapOf(text),
    cmd: listOf(text),
    entrypoint: text,
    args: text,
    name: text,
    reuse: { is: 'bool' },
  },
  'mapping-services',
);

function jobType(minor: number): GoType {
  return struct({
    name: text,
    needs: node,
    'runs-on': node,
    env: node,
    if: node,
    steps: listOf(stepType),
    'timeout-minutes': text,
    services: mapOf(serviceType, 'mapping-services'),
    strategy: struct(
      {
        'fail-fast': text,
        'max-parallel': text,
        matrix: node,
        failfast: { is: 'bool' },
        maxparallel: { is: 'int' },
      },
      'mapping-strategy',
    ),
    container: node,
    defaults,
    outputs: mapOf(text),
    uses: text,
    with: mapOf(anything),
    secrets: node,
    result: text,
    ...(minor >= 24 && { concurrency: concurrencyType(minor) }),
  });
}

/** The struct of one `workflow_dispatch` input, from 1.23 on. */
export const dispatchInputType: GoType = struct({
  name: text,
  description: text,
  required: { is: 'bool' },
  default: text,
  type: text,
  options: listOf(text),
});
