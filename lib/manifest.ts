import { CouldNotTell, UsageError } from './errors.ts';
import { isNoFile, readText } from './read-file.ts';
import { selectStrings } from './select.ts';

/** The strings that `path` names in a manifest, a JSON file. Throws UsageError, also where it names none. */
export function readManifest(file: string, path: string): string[] {
  const source = `the manifest "${file}"`;
  const names = selectStrings(parseJson(readGivenFile(file, source), source), path, source);
  if (names.length > 0) return names;
  throw new UsageError(
    `Cannot use ${source}: "${path}" selects nothing from it; check the path, an empty manifest is taken for a mistake`,
  );
}

/** A file that an option names. Not there: UsageError; there, but not to be read: CouldNotTell. */
export function readGivenFile(file: string, what: string): string {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) {
      throw new UsageError(`Cannot read ${what}: there is no such file; check the path`);
    }
    throw new CouldNotTell(
      `Cannot read ${what}: ${(error as Error).message}; check that it is a file and may be read`,
      {
        cause: error,
      },
    );
  }
}

/** Throws UsageError with the parser's words. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = (error as Error).message.replace(/\s+/g, ' ');
    throw new UsageError(`Cannot use ${what}: it is not JSON (${words}); mend the file`);
  }
}
