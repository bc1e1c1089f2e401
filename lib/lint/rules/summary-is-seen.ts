import { searchScripts } from '../scripts.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const summaryIsSeen: Rule = {
  id: 'summary-is-seen',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'What a person shall read goes to the log.',
  why: 'Gitea 1.22 to 1.25 have a file behind `$GITHUB_STEP_SUMMARY`, and throw it away: nobody ever sees it, unless the script prints it too.',
  check,
};

const written = />>?\s*["']?\$\{?(?:env:)?(?:GITHUB|GITEA)_STEP_SUMMARY\b/g;

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const { from, to, source } of searchScripts(workflow, written)) {
    if (/\bcat\s+"?\$\{?(?:GITHUB|GITEA)_STEP_SUMMARY\b/.test(source)) continue;
    const message =
      'Gitea throws the step summary away; print it to the log as well (`| tee -a "$GITHUB_STEP_SUMMARY"`)';
    yield { start: from, end: to, message };
  }
}
