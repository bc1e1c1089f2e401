import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withoutGit } from './support/tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LIMIT_S = 15;
const needed = ['vendor', 'tests/demo', 'tests/support'];
const titles = readdirSync(join(root, 'tests', 'demo'))
  .filter((file) => file.endsWith('-scene.mjs'))
  .map((file) => {
    const text = readFileSync(join(root, 'tests', 'demo', file), 'utf8');
    const title = /^export const title =\s+(['"])(.+)\1;$/m.exec(text)?.[2];
    assert.ok(title, `${file} exports a title`);
    return title;
  });

/** How many processes want each processor: other tests run beside this one, and it gets its share alone. */
const crowding = (): number => Math.max(1, (loadavg()[0] ?? 0) / cpus().length);

describe('the demo, on a clone with nothing installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo mit leer '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const copy = (): string => {
    const clone = join(folder, `clone ${count++}`);
    for (const part of needed) cpSync(join(root, part), join(clone, part), { recursive: true });
    return clone;
  };
  const play = async (clone: string, env: Record<string, string | undefined> = {}) => {
    const scratch = mkdtempSync(join(folder, 'tmp-'));
    const started = Date.now();
    const child = spawn(process.execPath, [join(clone, 'tests', 'demo', 'main.mjs')], {
      cwd: clone,
      env: { PATH: process.env['PATH'], TMPDIR: scratch, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    const seconds = (Date.now() - started) / 1000;
    return { code, seconds, left: readdirSync(scratch), text: Buffer.concat(chunks).toString('utf8') };
  };
  const tell = (text: string): { scenes: number; right: number; all: number } => {
    const match = /^(\d+) scenes, (\d+) of (\d+) decisions right, [\d.]+ s$/m.exec(text);
    assert.ok(match, text);
    return { scenes: Number(match[1]), right: Number(match[2]), all: Number(match[3]) };
  };

  test('tells every scene, decides each right, in time, and leaves nothing behind', async () => {
    const before = crowding();
    const { code, seconds, left, text } = await play(copy());
    assert.equal(code, 0, text);
    const limit = LIMIT_S * Math.max(before, crowding());
    assert.ok(seconds < limit, `${seconds} s of ${limit} s`);
    for (const title of titles) assert.ok(text.includes(`. ${title} ─`), `no scene "${title}" in ${text}`);
    const { scenes, right, all } = tell(text);
    assert.deepEqual([scenes, right], [titles.length, all]);
    if (!withoutGit)
      assert.match(text.replace(/\s+/g, ' '), /Behind it lies a real bare repository of git \d/);
    assert.doesNotMatch(text, /demo-secret|authorization/i);
    assert.doesNotMatch(text, /\x1b|✗|undefined|\[object/);
    assert.ok(
      text.split('\n').every((line) => line.length <= 100),
      'fits a terminal',
    );
    assert.deepEqual(left, []);
  });

  test('says so where there is no git, and tells the same story', async () => {
    const empty = join(folder, 'no programs');
    mkdirSync(empty);
    const { code, text } = await play(copy(), { PATH: empty });
    assert.equal(code, 0, text);
    assert.match(text.replace(/\s+/g, ' '), /No git that can serve was found/);
    assert.equal(tell(text).scenes, titles.length);
  });

  test('fails where one script decides wrong, and names it', async () => {
    const clone = copy();
    writeFileSync(
      join(clone, 'vendor', 'ancestry.mjs'),
      'import { appendFileSync } from "node:fs";\n' +
        'appendFileSync(process.env.GITHUB_OUTPUT, "decision=ahead\\nproceed=true\\nahead_by=2\\n");\n' +
        'console.log(`ahead ${process.env.SWITCHYARD_TOKEN}`);\n',
    );
    const { code, left, text } = await play(clone);
    assert.equal(code, 1, text);
    const { right, all } = tell(text);
    assert.ok(right < all);
    assert.match(
      text,
      /^wrong: A may not take the place of B: exit code 0, not 1; output decision is "ahead"/m,
    );
    assert.match(text, /^wrong: ancestry shows no token/m);
    assert.doesNotMatch(text, /demo-secret/);
    assert.deepEqual(left, []);
  });
});
