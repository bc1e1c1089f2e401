import { UsageError } from '../errors.ts';

/** Is this the file of a script, one name inside the folder and nothing that could leave it? */
export function isScriptFile(file: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,99}\.mjs$/.test(file);
}

/** The files that the command line names, each once; `NAME` and `NAME.mjs` are the same. Throws UsageError. */
export function parseNames(names: readonly string[]): string[] {
  const files = names.map((name) => {
    const file = name.endsWith('.mjs') ? name : `${name}.mjs`;
    if (isScriptFile(file)) return file;
    throw new UsageError(
      `Cannot use "${name}": it is no script's name; give it as e2e-gate, without a folder before it`,
    );
  });
  return [...new Set(files)];
}

/** `1.0.0` of the first line that the build writes into each bundle; null where there is none. */
export function findVersion(bytes: Buffer): string | null {
  return readHead(bytes)?.version ?? null;
}

/** Did switchyard's build make this file? By its first two lines, whatever the file is called now. */
export function isOurs(bytes: Buffer): boolean {
  return readHead(bytes) !== null;
}

function readHead(bytes: Buffer): { version: string } | null {
  const head = bytes.subarray(0, 400).toString('utf8');
  const match = /^\/\/ [a-z0-9-]+ (\S+)\r?\n\/\/ Built from scripts\/[a-z0-9-]+\.ts of switchyard\b/.exec(
    head,
  );
  return match === null ? null : { version: match[1] as string };
}
