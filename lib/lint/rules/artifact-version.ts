import { listUses, majorOf } from '../uses.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const artifactVersion: Rule = {
  id: 'artifact-version',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'Artifacts are moved by a version of the action that works here.',
  why: 'From v4 on, actions/upload-artifact and download-artifact refuse every server that is not github.com, although Gitea has what they call (GHESNotSupportedError, Gitea 1.22 to 1.25).',
  check,
};

function* check({ workflow, file }: FileInput): Iterable<Problem> {
  for (const use of listUses(workflow)) {
    const { value, start, end } = use;
    const match = /^(?:https:\/\/github\.com\/)?actions\/(upload|download)-artifact(?:\/merge)?@/.exec(value);
    if (!match || (majorOf(use, file.text) ?? 0) < 4) continue;
    const message = `"${value}" refuses every server but github.com, so the step fails on Gitea; use v3, or christopherhx/gitea-${match[1]}-artifact@v4`;
    yield { start, end, message };
  }
}
