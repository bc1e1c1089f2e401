import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withoutGit } from './support/tools.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const list = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true })
    .map((path) => `${folder}/${String(path).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending))
    .sort();
const scripts = list('scripts', '.ts')
  .map((path) => basename(path, '.ts'))
  .sort();
const sources = [...list('scripts', '.ts'), ...list('lib', '.ts')];

/** A source without its comments and its string literals, so that words in messages are no calls. */
function code(path: string): string {
  return read(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}

function importsOf(path: string): string[] {
  return [
    ...read(path).matchAll(/^\s*(?:import|export)\b[^'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm),
  ].map((match) => (match[1] ?? match[2]) as string);
}

describe('the house', () => {
  test('nothing stands at the top level that is not in the design', { skip: withoutGit }, () => {
    const design =
      'scripts lib tests vendor bench docs build.mjs package.json package-lock.json tsconfig.json README.md LICENSE';
    const known = new Set(design.split(' '));
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
    const strangers = new Set(
      tracked
        .map((path) => path.split('/')[0] as string)
        .filter((name) => !known.has(name) && !name.startsWith('.')),
    );
    assert.deepEqual([...strangers], []);
  });

  test('imports go from scripts to lib to node:, and to no other package than yaml', () => {
    const wrong: string[] = [];
    for (const path of sources) {
      for (const target of importsOf(path)) {
        if (target.startsWith('node:') || target === 'yaml') continue;
        const file = relative(root, resolve(root, dirname(path), target)).replaceAll('\\', '/');
        if (!target.startsWith('.') || !file.startsWith('lib/') || !existsSync(join(root, file)))
          wrong.push(`${path} imports ${target}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  const only: [string, RegExp, string[]][] = [
    ['touches process', /\bprocess\s*[.[]|globalThis\.process/, ['lib/process.ts']],
    ['calls fetch', /(?<![.\w])fetch\(/, ['lib/http.ts']],
    ['spawns', /(?<![.\w])(spawn|spawnSync|exec|execFile|execSync|execFileSync|fork)\(/, ['lib/git.ts']],
    ['prints', /\bconsole\./, []],
  ];
  for (const [what, pattern, allowed] of only) {
    test(`only ${allowed.join(', ') || 'no file'} ${what}`, () => {
      assert.deepEqual(
        sources.filter((path) => pattern.test(code(path))),
        allowed,
      );
    });
  }

  test('only lib/http-long.ts reaches the network beside fetch, and only lib/git.ts loads child processes', () => {
    const network = /^node:(http|https|net|tls|dgram|http2)$/;
    assert.deepEqual(
      sources.filter((path) => importsOf(path).some((name) => network.test(name))),
      ['lib/http-long.ts'],
    );
    assert.deepEqual(
      sources.filter((path) => importsOf(path).includes('node:child_process')),
      ['lib/git.ts'],
    );
  });

  test('no folder or file is a drawer for anything', () => {
    const drawers = sources.filter((path) =>
      /(^|\/)(utils?|helpers?|types|index|common|misc)(\.ts|\/)/.test(path),
    );
    assert.deepEqual(drawers, []);
  });

  const exported = sources.flatMap((path) => {
    const lines = read(path).split('\n');
    return lines.flatMap((line, at) => {
      const [, kind, name] = /^export (?:async )?(function\*?|const|class) (\w+)/.exec(line) ?? [];
      const isOverload = lines[at - 1]?.startsWith(`export function ${name}(`) === true;
      return kind === undefined || name === undefined || isOverload
        ? []
        : [{ path, kind, name, isSaid: lines[at - 1]?.endsWith('*/') === true }];
    });
  });

  test('every function that lib/ exports says what it answers', () => {
    const silent = exported.filter(({ path, kind, isSaid }) => {
      return path.startsWith('lib/') && kind !== 'const' && !isSaid;
    });
    assert.deepEqual(
      silent.map(({ path, name }) => `${path}: ${name}`),
      [],
    );
  });

  test('nothing is exported that no other file names, but decisions', () => {
    const others = [...sources, ...list('tests', '.ts'), ...list('tests', '.mjs'), 'build.mjs'];
    const texts = new Map(others.map((path) => [path, read(path)]));
    const idle = exported.filter(({ path, name }) => {
      const word = new RegExp(`\\b${name}\\b`);
      return (
        !name.startsWith('decide') && ![...texts].some(([other, text]) => other !== path && word.test(text))
      );
    });
    assert.deepEqual(
      idle.map(({ path, name }) => `${path}: ${name}`),
      [],
    );
  });

  test(
    'nothing is left open in code, and no path or host of a machine stands in it',
    { skip: withoutGit },
    () => {
      const files = execFileSync(
        'git',
        ['ls-files', '--', ':!vendor', ':!package-lock.json', ':!tests/testdata'],
        { cwd: root, encoding: 'utf8' },
      );
      const open = new RegExp(`\\b(${['TO', 'DO'].join('')}|FIX${'ME'}|X{3}|HA${'CK'})\\b|\\.on${'ly'}\\(`);
      const places = new RegExp(['/work', '/main|registry\\.', 'npmjs|/ro', 'ot/'].join(''));
      const found = files
        .trim()
        .split('\n')
        .filter((path) => existsSync(join(root, path)) && /\.(ts|mjs|md|yml|json)$/.test(path))
        .filter((path) => (/\.(ts|mjs)$/.test(path) && open.test(read(path))) || places.test(read(path)));
      assert.deepEqual(found, []);
    },
  );

  test('the figures that the README quotes stand in bench/results.md', () => {
    const rowsOf = (text: string): string[] =>
      [...text.matchAll(/^\|(.+)\|$/gm)]
        .map((match) => (match[1] as string).split('|').map((cell) => cell.trim()))
        .filter((cells) => /^\d+\.\d\d$|^–$/.test(cells[3] ?? ''))
        .map((cells) => cells.slice(0, 5).join(' | '));
    const block = /<!-- bench -->\n([\s\S]*)<!-- \/bench -->/.exec(read('README.md'))?.[1] ?? '';
    const [quoted, measured] = [rowsOf(block), new Set(rowsOf(read('bench/results.md')))];
    assert.ok(quoted.length >= 6, 'the README quotes fewer than six figures; run "npm run bench"');
    assert.deepEqual(
      quoted.filter((row) => !measured.has(row)),
      [],
    );
  });

  test('package.json and lib/version.ts say the same version', () => {
    assert.match(read('lib/version.ts'), new RegExp(`'${JSON.parse(read('package.json')).version}'`));
  });
});

describe('every script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bündel mit leer '));
  after(() => rmSync(folder, { recursive: true }));
  const sums = new Map(
    read('vendor/SHA256SUMS')
      .trim()
      .split('\n')
      .map((line) => line.split('  ').reverse() as [string, string]),
  );

  test('is vendored, and nothing else is', () => {
    assert.deepEqual(
      [...sums.keys()],
      scripts.map((name) => `${name}.mjs`),
    );
    assert.deepEqual(
      readdirSync(join(root, 'vendor')).sort(),
      [...scripts.map((name) => `${name}.mjs`), 'SHA256SUMS', 'THIRD-PARTY'].sort(),
    );
  });

  for (const name of scripts) {
    const bundle = join(root, 'vendor', `${name}.mjs`);
    const start = (path: string, ...args: string[]) =>
      spawnSync(process.execPath, [path, ...args], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
        cwd: folder,
      });

    test(`${name}: the sum, the head, and imports of node: alone`, () => {
      const text = readFileSync(bundle, 'utf8');
      assert.equal(sums.get(`${name}.mjs`), createHash('sha256').update(text).digest('hex'));
      assert.match(text, new RegExp(`^// ${name} \\d+\\.\\d+\\.\\d+\\n// Built from scripts/${name}\\.ts`));
      const imports = [
        ...text.matchAll(/^import\b.*?from "([^"]+)"|\bimport\("([^"]+)"\)|\brequire\("([^"]+)"\)/gm),
      ];
      assert.deepEqual(
        imports
          .map((match) => match[1] ?? match[2] ?? match[3])
          .filter((target) => !target?.startsWith('node:')),
        [],
      );
    });

    test(`${name}: carries its licence, and that of each package in it`, () => {
      const text = readFileSync(bundle, 'utf8');
      const packages = [...text.matchAll(/^\/\/ node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(
        (match) => `node_modules/${match[1]}/LICENSE`,
      );
      for (const path of new Set(['LICENSE', ...packages])) {
        const notice = read(path).trim().split('\n');
        const asComment = notice.map((line) => `// ${line}`.trimEnd()).join('\n');
        assert.ok(text.includes(asComment), `vendor/${name}.mjs lacks the text of ${path}`);
      }
    });

    test(`${name}: has a test and a README section with its help verbatim`, () => {
      const tests = readdirSync(join(root, 'tests')).filter(
        (file) => file.endsWith('.test.ts') && file.startsWith(name),
      );
      assert.notEqual(tests.length, 0);
      const section =
        read('README.md')
          .split(/^## /m)
          .find((part) => part.startsWith(`${name}\n`)) ?? '';
      assert.ok(
        section.includes(`\`\`\`text\n${start(bundle, '--help').stdout}\`\`\``),
        `README.md differs from "${name} --help"`,
      );
    });

    test(`${name}: runs copied alone, through a link, and with its options wrong`, () => {
      const copy = join(folder, `${name} kopie.mjs`);
      copyFileSync(bundle, copy);
      const inner = join(folder, 'ünter', name);
      mkdirSync(inner, { recursive: true });
      const link = join(inner, 'link.mjs');
      symlinkSync(copy, link);
      for (const path of [bundle, copy, link]) {
        const result = start(path, '--version');
        assert.deepEqual(
          [result.status, result.stdout],
          [0, `${name} ${JSON.parse(read('package.json')).version}\n`],
        );
      }
      const wrong = start(copy, '--no-such-option');
      assert.equal(wrong.status, 2);
      assert.equal(wrong.stderr.trim().split('\n').length, 1, wrong.stderr);
    });
  }
});
