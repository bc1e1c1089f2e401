const longest = 128;

/**
 * Why a text may not travel as a version, or null where it may: it becomes a file's only line, an output and an
 * image tag, so nothing invisible may ride along.
 */
export function findVersionFault(text: string): string | null {
  if (text === '') return 'is empty';
  const length = [...text].length;
  if (length > longest) return `has ${length} characters, more than ${longest}`;
  if (/\p{Cc}/u.test(text.replace(/[\t\n\v\f\r]/g, ''))) return 'holds a control character';
  if (/\s/.test(text)) return 'holds white space';
  if (/\p{Cs}/u.test(text)) return 'holds half a character, which no file can hold';
  return /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text) ? 'holds an invisible character' : null;
}

/** The first line of a version file; all its white space is removed, as `tr -d '[:space:]'` in the receivers did. */
export function readVersionLine(text: string): string {
  return (text.split(/\r\n|\n|\r/, 1)[0] ?? '').replace(/\s+/g, '');
}
