import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emptyConfig, parseConfig, type LintConfig } from '../lib/lint/config.ts';
import type { Finding } from '../lib/lint/collector.ts';
import { lintProject } from '../lib/lint/lint.ts';
import type { Project } from '../lib/lint/project.ts';
import type { Rule } from '../lib/lint/rule.ts';
import { rules } from '../lib/lint/rules.ts';
import { parseSource } from '../lib/lint/source.ts';
import { PROFILES, type Profile } from '../lib/workflow/profile.ts';

const page = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8');
const sections = page.split(/^## /m).slice(1);
const mark = /\s*(?:# )?<-\s*$/;
const ids = new Set(rules.map(({ id }) => id));

interface Example {
  project: Project;
  config: LintConfig;
  /** `file:line` of each marked line; a marked config counts as its line 1. */
  marked: string[];
}

/** Other forms of one text, and by how many lines they are longer at the top. */
const dresses: [name: string, change: (text: string) => string, shift: number][] = [
  ['lines that end in CR LF', (text) => text.replaceAll('\n', '\r\n'), 0],
  ['a byte order mark', (text) => `\ufeff${text}`, 0],
  ['no line break at the end', (text) => text.trimEnd(), 0],
  ['a long comment above, of all letters', (text) => `# ünï 日本 🚀${'x'.repeat(9000)}\n${text}`, 1],
  ['document marks', (text) => `---\n${text}...\n`, 1],
  ['keys in quotes', (text) => text.replace(/^( *(?:- )?)([a-z][\w-]*):(?= |$)/gm, '$1"$2":'), 0],
  ['comments behind keys', (text) => text.replace(/^( *(?:- )?[\w-]+:)$/gm, '$1 # é'), 0],
];

/** The files of an example: a comment with a path begins one. */
function readExample(text: string, dress = (file: string): string => file): Example {
  const profile = /^# --profile (\S+)$/m.exec(text)?.[1] ?? '';
  const files = new Map<string, string[]>();
  const marked: string[] = [];
  let path = '';
  for (const line of text.split('\n')) {
    const header = /^# (\S+\.(?:ya?ml|json|mjs))( <-)?$/.exec(line);
    if (header) {
      path = header[1] ?? '';
      files.set(path, []);
      if (header[2]) marked.push(`${path}:1`);
    } else if (path !== '') {
      const lines = files.get(path) ?? [];
      lines.push(line.replace(mark, ''));
      if (mark.test(line)) marked.push(`${path}:${lines.length}`);
    }
  }
  const profiles = (name: string): Profile[] => {
    const named = PROFILES.filter((one) => one === profile);
    if (named.length > 0) return named;
    return [name.startsWith('.gitea/') ? 'gitea-1.22' : name.startsWith('.forgejo/') ? 'forgejo' : 'github'];
  };
  const configName = 'lint-workflow-yaml.json';
  const config = files.get(configName)?.join('\n');
  const names = Array.from(files.keys());
  return {
    project: {
      files: names
        .filter((name) => /\.ya?ml$/.test(name))
        .map((name) =>
          parseSource(name, Buffer.from(dress(`${files.get(name)?.join('\n')}\n`)), profiles(name)),
        ),
      kindOf: (name) =>
        files.has(name) ? 'file' : names.some((file) => file.startsWith(`${name}/`)) ? 'folder' : null,
    },
    config: config === undefined ? emptyConfig : parseConfig(configName, config, ids),
    marked,
  };
}

function lintExample({ project, config }: Example, rule: Rule): Finding[] {
  return lintProject(project, config, rule.id === 'ignore-valid' ? rules : [rule]).filter(
    (finding) => finding.rule === rule.id,
  );
}

for (const rule of rules) {
  const section = sections.find((text) => text.startsWith(`${rule.id}\n`)) ?? '';
  const [bad = '', good = ''] = Array.from(
    section.matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
    (block) => block[1] ?? '',
  );

  test(`rule ${rule.id}: the bad example is reported where it is marked`, () => {
    const example = readExample(bad);
    const places = lintExample(example, rule).map(({ file, line }) => `${file}:${line}`);
    assert.ok(example.marked.length > 0, 'the bad example marks no line');
    assert.deepEqual(Array.from(new Set(places)).sort(), example.marked.sort());
  });

  test(`rule ${rule.id}: the good example is not reported`, () => {
    assert.notEqual(good, '');
    const example = readExample(good);
    for (const file of example.project.files) assert.equal(file.fault, null);
    assert.deepEqual(lintExample(example, rule), []);
  });

  test(`rule ${rule.id}: it says the same of its examples in another dress`, () => {
    for (const text of [bad, good]) {
      const places = (example: Example, shift: number): string[] =>
        lintExample(example, rule)
          .map(({ file, line }) => `${file}:${file.endsWith('.json') ? line : line - shift}`)
          .sort();
      const plain = places(readExample(text), 0);
      for (const [name, dress, shift] of dresses)
        assert.deepEqual(places(readExample(text, dress), shift), plain, name);
    }
  });

  test(`rule ${rule.id}: its section says what the rule says`, () => {
    assert.ok(section.includes(rule.demand), rule.demand);
    assert.ok(section.includes(`Why: ${rule.why}`));
    assert.match(section, /^Accept it once: /m);
    assert.ok(section.includes(`(${rule.level}; `));
  });
}

test('the page has the rules in the order of --list-rules, each in a file of its name', () => {
  assert.deepEqual(
    sections.map((text) => text.slice(0, text.indexOf('\n'))),
    rules.map(({ id }) => id),
  );
  const files = readdirSync(new URL('../lib/lint/rules/', import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  assert.deepEqual(files.sort(), Array.from(ids).sort());
});

test('a good example is clean under every rule of its own profile but for what it is no example of', () => {
  for (const section of sections) {
    const [, good = ''] = Array.from(
      section.matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
      (block) => block[1] ?? '',
    );
    const { project, config } = readExample(good);
    const errors = lintProject(project, config).filter(({ level }) => level === 'error');
    assert.deepEqual(
      errors.filter(({ rule }) => rule !== 'local-uses-exists' && rule !== 'event-fires'),
      [],
    );
  }
});

test('every profile that a rule names is one', () => {
  for (const { profiles } of rules) for (const profile of profiles) assert.ok(PROFILES.includes(profile));
});
