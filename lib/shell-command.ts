/** A command of these words as it can be pasted into a shell. */
export function shellCommand(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Is this step one to be pasted into a shell, and not one to be done by hand? */
export function isCommand(step: string): boolean {
  return /^(node|git|gh|curl) /.test(step);
}

/** A word as it can be pasted into a POSIX shell: in single quotes where a shell would see more than plain text. */
function shellWord(text: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
