import { listUses, majorOf } from '../uses.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const actionRuntime: Rule = {
  id: 'action-runtime',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'An action runs on the Node that the runner has.',
  why: "An action that asks for node24 fails on an act_runner from before August 2025 (`runs.using` is not understood). It is the runner's version that counts, not Gitea's.",
  check,
};

/** The first major version that asks for node24. */
const node24Since: Record<string, number> = {
  checkout: 5,
  cache: 5,
  'setup-node': 5,
  'setup-python': 6,
  'setup-go': 6,
  'setup-java': 5,
  'setup-dotnet': 5,
  'github-script': 8,
  stale: 10,
  labeler: 6,
  'upload-artifact': 6,
  'download-artifact': 7,
};

function* check({ workflow, file }: FileInput): Iterable<Problem> {
  for (const use of listUses(workflow)) {
    const { value, start, end } = use;
    const name = /^(?:https:\/\/github\.com\/)?actions\/([\w-]+)(?:\/[\w/-]+)?@/.exec(value)?.[1];
    const since = node24Since[name ?? ''];
    if (since === undefined || (majorOf(use, file.text) ?? 0) < since) continue;
    const message = `"${value}" asks for node24, which an act_runner from before August 2025 does not have; use v${since - 1}, or see to the runner's version`;
    yield { start, end, message };
  }
}
