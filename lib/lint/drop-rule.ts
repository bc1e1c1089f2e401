import type { Profile } from '../workflow/profile.ts';
import type { Misfit } from '../workflow/go-decode.ts';
import { isOnlyCalled } from './triggers.ts';
import type { Edit, FileInput, Problem, Rule } from './rule.ts';

/** The versions of Gitea whose parser is modelled. */
export const giteaProfiles: readonly Profile[] = ['gitea-1.22', 'gitea-1.23', 'gitea-1.24', 'gitea-1.25'];

/** The forges that are not GitHub. */
export const serverProfiles: readonly Profile[] = [...giteaProfiles, 'forgejo'];

interface DropRule {
  id: string;
  demand: string;
  why: string;
  /** What to write instead. */
  mend: string | ((fault: Misfit) => string);
  edit?: (fault: Misfit, input: FileInput) => Edit | undefined;
  applies?: (input: FileInput) => boolean;
  /** What the same demand finds in a file that is not dropped. */
  also?: (input: FileInput) => Iterable<Problem>;
}

/** A rule about what makes Gitea drop a file: it speaks where the model of the server's parser does. */
export function dropRule({ id, demand, why, mend, edit, applies, also }: DropRule): Rule {
  function* check(input: FileInput): Iterable<Problem> {
    if (applies && !applies(input)) return;
    for (const fault of input.faults) {
      if (fault.rule !== id) continue;
      const { node, path, problem } = fault;
      const where = path === '' ? problem : `\`${path}\`: ${problem}`;
      const effect = isOnlyCalled(input.workflow)
        ? 'the runner cannot read the file when it is called'
        : 'Gitea drops the whole file without a word';
      const message = `${where}; ${effect}; ${typeof mend === 'string' ? mend : mend(fault)}`;
      const change = edit?.(fault, input);
      yield { start: node.start, end: node.end, message, ...(change && { edit: change }) };
    }
    if (also) yield* also(input);
  }
  return { id, level: 'error', profiles: giteaProfiles, demand, why, check };
}
