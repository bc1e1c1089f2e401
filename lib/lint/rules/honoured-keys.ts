import { findEntry, findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const honouredKeys: Rule = {
  id: 'honoured-keys',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'No key is written that this forge does not honour.',
  why: "Gitea 1.22 to 1.25 pass over `permissions` (the job's token may write all of its repository), `concurrency` (a newer push cancels the older run of its branch, and a schedule's next run the one before it, whatever is written), `environment`, a job's `timeout-minutes` and `continue-on-error`, `fail-fast` and `max-parallel`; `run-name` is honoured from 1.25 on.",
  check,
};

const effects: Record<string, string> = {
  permissions: "the job's token may write all of its repository",
  concurrency: 'a newer push cancels the older run of the same branch and file, whatever is written here',
  environment: 'nobody is asked, and no secrets of an environment are there',
  'timeout-minutes': "only the runner's own time limit (three hours) holds",
  'continue-on-error': 'a failure of the job fails the run',
  'run-name': "the run is called as the commit's message",
  'fail-fast': 'the other legs go on when one fails',
  'max-parallel': 'the legs run as runners are free',
};

const cancelled =
  'a newer push cancels the older run of the same branch and file, and the next run of the schedule one of it that still runs, whatever is written here';

function* check({ workflow, minor }: FileInput): Iterable<Problem> {
  const { root } = workflow.document;
  const told = workflow.on.has('schedule') ? { ...effects, concurrency: cancelled } : effects;
  const report = (owner: YamlNode | null | undefined, keys: readonly string[]): Iterable<Problem> =>
    tell(owner, keys, told);
  yield* report(root, ['permissions', 'concurrency', ...((minor ?? 0) < 25 ? ['run-name'] : [])]);
  for (const { node } of workflow.jobs) {
    yield* report(node, [
      'permissions',
      'concurrency',
      'environment',
      'timeout-minutes',
      'continue-on-error',
    ]);
    yield* report(findField(node, 'strategy'), ['fail-fast', 'max-parallel']);
  }
}

function* tell(
  owner: YamlNode | null | undefined,
  keys: readonly string[],
  told: Readonly<Record<string, string>>,
): Iterable<Problem> {
  for (const name of keys) {
    const entry = findEntry(owner, name);
    if (!entry) continue;
    const [key] = entry;
    const message = `Gitea does not honour \`${name}\` here: ${told[name]}; do not rely on it`;
    yield { start: key.start, end: key.end, message };
  }
}
