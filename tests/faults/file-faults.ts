// What may be wrong with a file that a call reads.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';

/** `arrives`: may the answer without the fault still be given? */
export interface FileFault {
  name: string;
  arrives: 'never' | 'maybe';
  fits(bytes: Buffer): boolean;
  /** `path` holds the healthy file. */
  spoil(path: string): void;
}

const always = (): boolean => true;

function replaced(name: string, make: (path: string) => void): FileFault {
  return {
    name,
    arrives: 'never',
    fits: always,
    spoil(path) {
      rmSync(path);
      make(path);
    },
  };
}

function changed(
  name: string,
  change: (bytes: Buffer) => Buffer,
  arrives: FileFault['arrives'] = 'never',
): FileFault {
  return { name, arrives, fits: always, spoil: (path) => writeFileSync(path, change(readFileSync(path))) };
}

const linkTo =
  (target: (path: string) => string) =>
  (path: string): void =>
    symlinkSync(target(path), path);

export const FILE_FAULTS: readonly FileFault[] = [
  replaced('file vanished', () => undefined),
  // As a file is that goes between the listing of its folder and its reading.
  replaced(
    'file is listed, and gone when it is read',
    linkTo((path) => `${path}.gone`),
  ),
  replaced('file is a folder', (path) => mkdirSync(path)),
  // A read of it fails (EIO), whoever asks: permissions are nothing to root.
  replaced(
    'file cannot be read',
    linkTo(() => '/proc/self/mem'),
  ),
  replaced(
    'file is a link to itself',
    linkTo((path) => path),
  ),
  replaced('file is a FIFO', (path) => void spawnSync('mkfifo', [path])),
  replaced(
    'file is a device without end',
    linkTo(() => '/dev/zero'),
  ),
  changed('file is empty', () => Buffer.alloc(0)),
  {
    ...changed('file is cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)),
    // Of a text without an end mark nobody can tell.
    fits: (bytes) => /^[[{]/.test(bytes.toString()),
  },
  {
    name: 'file of 3 GiB',
    arrives: 'never',
    fits: always,
    spoil: (path) => truncateSync(path, 3 * 1024 ** 3),
  },
  changed('file of 20 MiB', (bytes) => Buffer.concat([Buffer.alloc(20 * 1024 ** 2, 'x'), bytes])),
  changed('file in UTF-16', (bytes) => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le')),
  changed('file in Latin-1', (bytes) => spliceLatin(bytes)),
  changed(
    'file with NUL bytes',
    (bytes) => Buffer.concat([bytes.subarray(0, 3), Buffer.alloc(2), bytes.subarray(3)]),
    'maybe',
  ),
  changed('file with a byte order mark', (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]), 'maybe'),
  changed('file with CRLF', (bytes) => Buffer.from(bytes.toString().replaceAll('\n', '\r\n')), 'maybe'),
];

/** An é of Latin-1 within the last word of the first line that has one. */
function spliceLatin(bytes: Buffer): Buffer {
  const at = /[a-z0-9](?=[^a-z0-9]*(\n|$))/.exec(bytes.toString('latin1'))?.index ?? 0;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xe9]), bytes.subarray(at)]);
}
