import { PROFILES } from '../../workflow/profile.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { findSubstitutions, listScripts } from '../scripts.ts';

export const curlStatusOnce: Rule = {
  id: 'curl-status-once',
  level: 'error',
  profiles: PROFILES,
  demand: 'A status that curl prints is not printed again by a fallback.',
  why: "`$(curl -w '%{http_code}' … || echo 000)` gives `000000` when the connection fails: curl has printed `000` already. A comparison with `000` is then never true.",
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const script of listScripts(workflow)) {
    for (const { text, start, end } of findSubstitutions(script)) {
      const isCurl =
        /\bcurl\b/.test(text) &&
        /(^|\s)(-\w*w|--write-out)/.test(text) &&
        /%\{(http|response)_code\}/.test(text);
      const fallback =
        /\|\|\s*[({]?\s*(?:echo|printf)\s+(?:-n\s+|["']?%s(?:\\n)?["']?\s+)?["']?(\d{1,3})\b/.exec(text)?.[1];
      if (!isCurl || fallback === undefined) continue;
      const message = `when curl cannot connect this gives "000${fallback}": it has printed 000 already, and the fallback prints once more; write \`|| true\``;
      yield { start, end, message };
    }
  }
}
