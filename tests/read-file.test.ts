import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { isNoFile, readBytes, readText } from '../lib/read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-file-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function make(name: string, bytes: string | Buffer = ''): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe('reading a file that somebody named', () => {
  test('a text comes without its byte order mark', () => {
    assert.equal(readText(make('plain', 'é\n')), 'é\n');
    assert.equal(readText(make('marked', '\ufeffé\n')), 'é\n');
    assert.equal(readText(make('empty')), '');
  });

  test('no more is read than is wanted, and one byte more that tells', () => {
    const file = make('long', Buffer.alloc(200_000, 'x'));
    assert.equal(readBytes(file).length, 200_000);
    assert.equal(readBytes(file, 100_000).length, 100_001);
    assert.equal(readBytes(file, 200_000).length, 200_000);
  });

  const fifo = join(folder, 'fifo');
  spawnSync('mkfifo', [fifo]);
  symlinkSync('/dev/zero', join(folder, 'zero'));
  symlinkSync('loop', join(folder, 'loop'));
  const rows: [string, () => string, RegExp][] = [
    ['a FIFO that nobody writes into', () => fifo, /^it is a FIFO, and no file$/],
    ['a device', () => join(folder, 'zero'), /^it is a device or socket, and no file$/],
    ['a folder', () => folder, /^it is a folder$/],
    ['a link to itself', () => join(folder, 'loop'), /^ELOOP/],
    ['no UTF-8', () => make('latin', Buffer.from([0x61, 0xe9])), /^it is not UTF-8/],
    [
      'far too much',
      () => {
        const file = make('huge');
        truncateSync(file, 3 * 1024 ** 3);
        return file;
      },
      /^it is larger than 16 MiB$/,
    ],
  ];
  for (const [name, find, message] of rows) {
    test(`${name} is refused at once`, () => assert.throws(() => readText(find()), { message }));
  }

  test('nothing there is told apart from all of these', () => {
    const failure = (file: string): unknown => {
      try {
        return readText(file);
      } catch (error) {
        return error;
      }
    };
    assert.ok(isNoFile(failure(join(folder, 'nowhere'))));
    assert.ok(isNoFile(failure(join(make('a-file'), 'below'))));
    assert.ok(!isNoFile(failure(folder)));
    assert.ok(!isNoFile(failure(fifo)));
  });

  test("what a shell's <(command) gives is read", () => {
    const script = 'node vendor/resolve-version.mjs --file <(sleep 0.05; echo 1.2.3)';
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    assert.equal(stdout, '1.2.3\n', stderr);
  });
});
