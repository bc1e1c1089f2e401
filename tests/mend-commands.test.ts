import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { suggestStart } from '../lib/gate/mend.ts';
import {
  dispatchCommand,
  emptyPushCommand,
  pushTagCommand,
  rerunCommand,
} from '../lib/gate/start-command.ts';
import { readWorkflowText } from '../lib/gate/workflow-reading.ts';
import { renderSummary } from '../lib/report.ts';
import { shellCommand } from '../lib/shell-command.ts';
import { vendorSync } from '../lib/vendor-sync/mend.ts';
import type { Profile } from '../lib/workflow/profile.ts';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const shell = (command: string, cwd?: string) =>
  spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8', env: gitEnvironment });
const gitEnvironment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

describe('a command that is printed', () => {
  test('comes out of a shell word by word as it was meant', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 12 }), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        const { stdout } = shell(shellCommand('printf', '%s|', ...list));
        assert.equal(stdout, list.map((word) => `${word}|`).join(''));
      }),
      { numRuns: 60 },
    );
  });

  test('comes out as it was meant with what breaks lines, ends strings and starts commands in it', () => {
    const signs = fc.constantFrom(
      ...['\n', '\r', '\t', '\u001b', "'", '"', '\\', '$', '`', '%', '-', '=', '##[', 'n', '0'],
    );
    const words = fc.array(fc.string({ unit: signs, maxLength: 8 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, (list) => {
        const command = shellCommand('printf', '%s|', ...list);
        assert.equal(shell(command).stdout, list.map((word) => `${word}|`).join(''));
        const breaks = list.filter((word) => word.endsWith('\n')).length;
        if (breaks === 0) assert.doesNotMatch(command, /[\r\n]|##\[/);
      }),
      { numRuns: 100 },
    );
  });

  const rows: [string, string[], string][] = [
    ['plain words stay as they are', ['--to', 'staging/1.2@x:y', '--x=1'], '--to staging/1.2@x:y --x=1'],
    ['a space', ['a b'], "'a b'"],
    ['an empty word', [''], "''"],
    ['a quote', ["it's"], "'it'\\''s'"],
    ['what a shell would run', ['$(id); `id` & "x" *'], `'$(id); \`id\` & "x" *'`],
    ['what zsh would look up', ['=ls'], "'=ls'"],
    ['a line break', ['a\n\n$b\\'], `"$(printf %b 'a\\n\\n$b\\\\')"`],
    ['a line break at the end', ['a\n'], "'a\n'"],
    ['what an old runner takes for a command', ['##[error]'], "'##''[error]'"],
  ];
  for (const [name, words, text] of rows) test(name, () => assert.equal(shellCommand(...words), text));

  test('stands in the summary so that Markdown changes nothing of it', () => {
    const twice = "git checkout -- 'a``b'";
    const next = ['gh workflow run a_b*.yml --ref <x>', "git checkout -- 'a`b'", twice, 'look at <it>'];
    const summary = renderSummary('e2e-gate', {
      decision: 'x',
      exit: 1,
      proceed: false,
      reason: 'r',
      next,
    });
    assert.match(summary, /^- `gh workflow run a_b\*\.yml --ref <x>`$/m);
    assert.match(summary, /^- `` git checkout -- 'a`b' ``$/m);
    assert.ok(summary.includes(`\n- \`\`\` ${twice} \`\`\`\n`), summary);
    assert.match(summary, /^- look at &lt;it>$/m);
  });

  test('names the folder of the scripts where it is another than vendor', () => {
    assert.equal(vendorSync('vendor', 'update'), 'node vendor/vendor-sync.mjs update');
    assert.equal(vendorSync('ci tools', 'update'), "node vendor/vendor-sync.mjs update --dir 'ci tools'");
  });
});

const home = (kind: 'github' | 'gitea', serverUrl = 'https://github.com') => ({
  kind,
  repo: 'o/r',
  context: { serverUrl },
});

describe('a run that is missing', () => {
  const sha = 'a'.repeat(40);
  const suggest = (
    kind: 'github' | 'gitea',
    profile: Profile,
    yaml: string,
    branch: string | null = 'main',
    more: { ref?: string } = {},
  ) => {
    const text = { file: 'e2e.yml', path: `.${kind}/workflows/e2e.yml`, text: yaml };
    const reading = readWorkflowText(text, profile);
    const ref = branch === null ? null : `refs/heads/${branch}`;
    return suggestStart({ forge: home(kind), profile, text, reading, ref, sha, ...more });
  };
  const jobs = 'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: "true"\n';
  const push = `on: push\n${jobs}`;
  const both = `on:\n  push:\n  workflow_dispatch:\n${jobs}`;
  const filtered = `on:\n  workflow_dispatch:\n  push:\n    paths: ['src/**']\n${jobs}`;
  const byHand = 'gate with --event push --event workflow_dispatch, so that this run counts';

  test('on GitHub is dispatched, by a command that stands alone', () => {
    const [command, then, or] = suggest('github', 'github', both, "feat/it's");
    assert.equal(command, "gh workflow run e2e.yml --repo o/r --ref 'feat/it'\\''s'");
    assert.equal(then, `then ${byHand}`);
    assert.match(or ?? '', /^or git fetch origin /);
  });

  test('on Gitea is started on its page from 1.24 on, else by a push', () => {
    assert.equal(
      suggest('gitea', 'gitea-1.24', both)[0],
      `start e2e.yml on main from the Actions page, then ${byHand}`,
    );
    assert.match(suggest('gitea', 'gitea-1.22', both)[0] ?? '', /^git fetch origin main && /);
  });

  test('on another server than github.com is dispatched there', () => {
    const [file, branch] = ['e2e.yml', 'main'];
    const at = (url: string) => [
      dispatchCommand({ home: home('github', url), file, branch }),
      rerunCommand(home('github', url), '7'),
    ];
    assert.deepEqual(at('https://ghe.example.com:8443/'), [
      'gh workflow run e2e.yml --repo ghe.example.com:8443/o/r --ref main',
      'gh run rerun 7 --repo ghe.example.com:8443/o/r --failed',
    ]);
    assert.deepEqual(at('https://www.github.com'), [
      'gh workflow run e2e.yml --repo o/r --ref main',
      'gh run rerun 7 --repo o/r --failed',
    ]);
  });

  test('on a branch that nobody named gives no command that could not run', () => {
    const lines = suggest('github', 'github', both, null);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^give the branch that a{40} was pushed to by --branch/);
  });

  test('on a tag is dispatched for the tag, or the tag is pushed again', () => {
    const ref = 'refs/tags/v1.0';
    assert.match(suggest('github', 'github', both, null, { ref })[0] ?? '', / --ref v1\.0$/);
    assert.equal(
      suggest('gitea', 'gitea-1.22', push, null, { ref })[0],
      'git fetch origin tag v1.0 && git push origin :refs/tags/v1.0 && git push origin refs/tags/v1.0',
    );
  });

  test('behind a path filter needs a change that the filter takes, not an empty commit', () => {
    const lines = suggest('github', 'github', filtered);
    assert.match(
      lines.at(-1) ?? '',
      /^or change a file that the path filter of e2e\.yml takes \(src\/\*\*\)/,
    );
    assert.doesNotMatch(lines.join('\n'), /allow-empty/);
  });

  test('of a file that the server drops is found by the linter, by the rules of that server', async () => {
    const yaml = `on:\n  push:\n  workflow_dispatch:\n    inputs:\n      a: {type: string}\n${jobs}`;
    const late = `concurrency: one\non: push\n${jobs}`;
    const rows: [Profile, string, string, string][] = [
      ['gitea-1.22', '.gitea/workflows', yaml, ''],
      ['gitea-1.22', '.github/workflows', yaml, '--profile gitea-1.22 '],
      ['gitea-1.24', '.gitea/workflows', late, '--profile gitea-1.24 '],
    ];
    const folder = mkdtempSync(join(tmpdir(), 'lint-'));
    for (const [profile, place, content, words] of rows) {
      const path = `${place}/e2e.yml`;
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, path), content);
      const text = { file: 'e2e.yml', path, text: content };
      const reading = readWorkflowText(text, profile);
      assert.notEqual(reading.drop, null);
      const forge = { kind: 'gitea' as const, repo: 'o/r', context: { serverUrl: 'https://gitea.example' } };
      const [command = ''] = suggestStart({ forge, profile, text, reading, ref: 'refs/heads/main', sha });
      assert.equal(command, `node vendor/lint-workflow-yaml.mjs ${words}${path}`);
      const args = command.split(' ').slice(2);
      const result = await runScript('lint-workflow-yaml', args, { cwd: folder });
      assert.equal(result.code, 1, result.stdout + result.stderr);
    }
    rmSync(folder, { recursive: true });
  });

  test('takes its inputs along, whatever stands in them', () => {
    assert.equal(
      dispatchCommand(
        { home: home('github'), file: 'e2e.yml', branch: 'main' },
        { why: 'it is "late"', at: '1.2' },
      ),
      `gh workflow run e2e.yml --repo o/r --ref main -f 'why=it is "late"' -f at=1.2`,
    );
  });

  describe('is pushed for', { skip: withoutGit }, () => {
    const branch = "feat/it's-$HOME;x";
    let folder = '';
    let clone = '';
    let tip = '';
    const git = (...args: string[]): string => {
      const { status, stdout, stderr } = shell(shellCommand('git', ...args), clone);
      assert.equal(status, 0, stderr);
      return stdout.trim();
    };

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'mend-'));
      clone = join(folder, 'clone');
      shell(`git init -q --bare -b main ${join(folder, 'bare.git')}`);
      shell(`git clone -q ${join(folder, 'bare.git')} ${clone}`);
      writeFileSync(join(clone, 'a'), '1');
      git('checkout', '-q', '-b', branch);
      git('add', 'a');
      git('commit', '-q', '-m', 'one');
      git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
      tip = git('rev-parse', 'HEAD');
      git('checkout', '-q', '-b', 'elsewhere');
    });
    after(() => rmSync(folder, { recursive: true }));

    const commandAt = (at: string): string => {
      const text = { file: 'e2e.yml', path: '.github/workflows/e2e.yml', text: push };
      const reading = readWorkflowText(text, 'github');
      const [command] = suggestStart({
        forge: home('github'),
        profile: 'github',
        text,
        reading,
        ref: `refs/heads/${branch}`,
        sha: at,
      });
      return command ?? '';
    };

    test('by a command that runs as it is printed, whatever the branch is called', () => {
      const { status, stderr } = shell(commandAt(tip), clone);
      assert.equal(status, 0, stderr);
      git('fetch', '-q', 'origin', branch);
      assert.equal(git('rev-parse', 'FETCH_HEAD^'), tip);
      assert.equal(git('rev-parse', 'FETCH_HEAD^{tree}'), git('rev-parse', `${tip}^{tree}`));
      assert.equal(git('log', '-1', '--format=%s', 'FETCH_HEAD'), 'run e2e.yml');
    });

    test('again as the same tag', () => {
      git('tag', '-a', '-m', 'one', 'v1', tip);
      git('push', '-q', 'origin', 'refs/tags/v1');
      const tag = git('rev-parse', 'refs/tags/v1');
      git('tag', '-d', 'v1');
      const { status, stderr } = shell(pushTagCommand('v1'), clone);
      assert.equal(status, 0, stderr);
      assert.equal(git('ls-remote', 'origin', 'refs/tags/v1').slice(0, 40), tag);
    });

    test('on top of whatever the branch holds, where no commit is meant', () => {
      const head = shell(
        shellCommand('git', 'ls-remote', 'origin', `refs/heads/${branch}`),
        clone,
      ).stdout.slice(0, 40);
      const { status, stderr } = shell(emptyPushCommand({ file: 'e2e.yml', branch }), clone);
      assert.equal(status, 0, stderr);
      git('fetch', '-q', 'origin', branch);
      assert.equal(git('rev-parse', 'FETCH_HEAD^'), head);
    });

    test('not where the branch has moved on', () => {
      const { status, stderr } = shell(commandAt(tip), clone);
      assert.notEqual(status, 0);
      assert.match(stderr, /rejected/);
    });
  });
});
