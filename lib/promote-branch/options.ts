import { UsageError } from '../errors.ts';

/** A workflow file's name, whatever folder stands before it. Throws UsageError. */
export function asWorkflowFile(text: string, source: string): string {
  const file = text.replace(/^(\.\/)?\.(github|gitea|forgejo)\/workflows\//, '');
  if (!/^[^\s/=][^\r\n,=]*\.ya?ml$/i.test(file) || file.split('/').includes('..'))
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no workflow file; give the file, as publish-image.yml, not its display name`,
    );
  return file;
}

/** How a pull request may be merged so that later comparisons hold. Throws UsageError. */
export function asMethod(text: string, source: string): 'merge' | 'fast-forward' {
  if (text === 'merge' || text === 'fast-forward') return text;
  if (text === 'squash' || text === 'rebase')
    throw new UsageError(
      `Cannot use ${source}: "${text}" makes new commits, so that every later comparison says "diverged"; give merge or fast-forward`,
    );
  throw new UsageError(`Cannot use ${source}: "${text}" is not known; give merge or fast-forward`);
}

/** `name=value` of a dispatch's input. Throws UsageError. */
export function asInput(text: string, source: string): [string, string] {
  const match = /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(text);
  if (!match) throw new UsageError(`Cannot use ${source}: "${text}" is no input; give it as name=value`);
  return [match[1] as string, match[2] as string];
}
