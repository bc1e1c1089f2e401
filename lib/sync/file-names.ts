/** Some of many files by their names, and how many more there are. */
function takeSome(files: readonly string[], most: { files: number; characters: number }): [string[], number] {
  const shown: string[] = [];
  let characters = 0;
  for (const file of files) {
    const name = showFile(file);
    characters += name.length;
    if (shown.length >= most.files || (characters > most.characters && shown.length > 0)) break;
    shown.push(name);
  }
  return [shown, files.length - shown.length];
}

/** A name on one line and apart from its neighbours: as JSON writes it where it would not be. */
export function showFile(file: string): string {
  return /[\p{Cc}\u2028\u2029",\\]|^\s|\s$/u.test(file) ? JSON.stringify(file) : file;
}

/** The files in a sentence: `a, b and 3 more`. */
export function listFiles(files: readonly string[]): string {
  const [shown, left] = takeSome(files, { files: 20, characters: 2000 });
  return shown.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

/** The files as a list of Markdown, no longer than a pull request's text may be. */
export function listInMarkdown(files: readonly string[]): string {
  const [shown, left] = takeSome(files, { files: 200, characters: 20_000 });
  const lines = shown.map((name) => `- ${quoteCode(name)}`);
  return [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
}

/** Fenced by more backticks than stand in it, so that nothing in it is read as Markdown. */
function quoteCode(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}
