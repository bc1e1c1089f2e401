/** A command of these words as it can be pasted into a shell; on one line, whatever stands in them. */
export function shellCommand(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Is this step one to be pasted into a shell, and not one to be done by hand? */
export function isCommand(step: string): boolean {
  return /^(node|git|gh|curl) /.test(step);
}

/** An option of our scripts with its value; one that begins with a dash would pass for an option of its own. */
export function optionWords(name: string, value: string): string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

/** A word for a POSIX shell: in single quotes where it would see more than plain text. */
function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  // A shell takes the line breaks at the end of what a command prints away.
  const [body = '', end = ''] = text.split(/(\n*)$/);
  return hasControls(body)
    ? `"$(printf %b ${quote(escapeControls(body))})"${end && quote(end)}`
    : quote(text);
}

/** In single quotes, and never with `##[` in it, which the log would change. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll('##[', "##''[")}'`;
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** As `printf %b` reads it. */
function escapeControls(text: string): string {
  const names: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return text.replace(
    /[\\\x00-\x1f\x7f]/g,
    (char) => names[char] ?? `\\0${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}
