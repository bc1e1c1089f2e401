import { join } from 'node:path';
import { replaceFile } from '../replace-file.ts';
import type { Finding } from './collector.ts';
import type { Edit } from './rule.ts';

/**
 * Applies the edits of findings to a text and leaves every other character as it is. Of two edits
 * that touch each other the first is made; the other one shows again when the file is read again.
 */
export function applyEdits(text: string, findings: readonly Finding[]): { text: string; made: Finding[] } {
  const wanted = findings
    .filter((finding): finding is Finding & { edit: Edit } => finding.edit !== null)
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end);
  const made: Finding[] = [];
  let fixed = '';
  let at = 0;
  for (const finding of wanted) {
    const { start, end, text: replacement } = finding.edit;
    if (start < at) continue;
    fixed += text.slice(at, start) + replacement;
    at = end;
    made.push(finding);
  }
  return { text: fixed + text.slice(at), made };
}

/** Puts the mended text in the file's place, whole or not at all; answers what is in the way, or null. */
export function writeFixed(root: string, path: string, text: string): string | null {
  try {
    replaceFile(join(root, path), text);
    return null;
  } catch (error) {
    const found = (error as Error).message;
    return `Cannot fix ${path}: ${found}; it is as it was: mend the disk or its rights, then run again`;
  }
}
