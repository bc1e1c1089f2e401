import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf } from '../../../lib/count.ts';
import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { startForge } from '../../support/forge/forge.mjs';
import { openFileWorld } from './file-world.ts';
import { traceRepository } from './traces.ts';
import type { Flavour, Path } from './world.ts';
import { openWriterWorld, type WriterPath, type WriterWorld } from './writer-world.ts';

const file = '.runtime-version';
/** One lags, one has no such file yet, one is there already. */
const targets: Record<string, string | null> = {
  'acme/web': '0.1.6\n',
  'acme/new': null,
  'acme/done': '0.1.7\n',
};
const entry = (target: string): string =>
  `commit on ${target} main: ${file}="0.1.7\\n" (chore: pin runtime to 0.1.7 (acme/runtime cascade))`;

type Transport = 'api' | 'git';

function open(flavour: Flavour, transport: Transport, chosen: readonly string[]): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const forge = await startForge({ flavour });
    watch('forge', forge);
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const repos = chosen.map((name) => {
      const version = targets[name] ?? null;
      const git = transport === 'git' ? { git: join(folder, `${name.replace('/', '-')}.git`) } : {};
      const repo = forge.repo(name, git);
      const files = { 'README.md': '#\n', ...(version === null ? {} : { [file]: version }) };
      repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
      return repo;
    });
    const report = join(folder, 'report.json');
    const args = ['--version', '0.1.7', '--write-interval', '0s', '--report', report];
    const env = jobEnvironment(forge, { token, repo: 'acme/runtime' });
    return {
      args: [...args, '--transport', transport, ...chosen.flatMap((name) => ['--target', name])],
      env: { ...env, GITHUB_SERVER_URL: forge.url },
      names: {},
      secrets: [token],
      traces: repos.map((repo) => traceRepository(repo, hub.names)),
      close: () => forge.close(),
    };
  });
}

const needed = '.github/workflows/publish.yml';
const reportOf = (rows: Record<string, string>): string =>
  `${JSON.stringify({
    schema: 1,
    version: '0.1.7',
    targets: Object.entries(rows).map(([target, state]) => ({ target, state, message: 'so' })),
  })}\n`;

/** How the one that lags is named: by a manifest, or by a list of which a report says that it alone is open. */
type Naming = '--manifest' | '--targets-file';

function openRequired(flavour: Flavour, naming: Naming): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const forge = await startForge({ flavour });
    watch('forge', forge);
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const repo = forge.repo('acme/web');
    const there = { [needed]: 'on: push\n', [file]: '0.1.6\n' };
    repo.pushCommit({ branch: 'main', message: 'first', files: there, by: 'ada' });
    const texts: Record<string, string> =
      naming === '--manifest'
        ? {
            'manifest.json': JSON.stringify({ all: [{ repo: 'acme/web' }] }, null, 2),
            version: '0.1.7\n',
            'report.json': '{}\n',
          }
        : {
            'targets.txt': 'acme/done\nacme/web\n',
            'last.json': reportOf({ 'acme/done': 'updated', 'acme/web': 'failed' }),
          };
    const files = Object.fromEntries(Object.keys(texts).map((name) => [name, join(folder, name)]));
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    const named =
      naming === '--manifest'
        ? ['--version-file', 'version', '--manifest', 'manifest.json', '--select', 'all[].repo']
        : ['--version', '0.1.7', '--targets-file', 'targets.txt', '--only-failed', 'last.json'];
    return {
      args: [
        ...named,
        ...(naming === '--manifest' ? ['--report', 'report.json'] : []),
        ...['--require-file', needed, '--write-interval', '0s'],
      ],
      env: jobEnvironment(forge, { token, repo: 'acme/runtime' }),
      cwd: folder,
      names: {},
      files,
      secrets: [token],
      traces: [traceRepository(repo, hub.names)],
      close: () => forge.close(),
    };
  });
}

function claims({ outputs }: ScriptResult): string[] {
  return (JSON.parse(outputs['updated'] || '[]') as string[]).map(entry);
}

const shared = {
  script: 'cascade',
  fresh: true,
  code: 0,
  decision: 'complete',
  resumed: ['complete'],
  // A token that lacks a scope may still write; one that is refused (401) touches nothing.
  mayForbid: /^forge GET \S*\/user$/,
  races: /(PUT|POST) \S*\/contents\//,
  claims,
  // Could not tell, before the first write: a target that fails later is 1.
  denies: ({ code }: ScriptResult) => code === 3,
} as const;

function cascadePath(flavour: Flavour, transport: Transport, chosen = Object.keys(targets)): WriterPath {
  return {
    ...shared,
    name: `cascade ${flavour} by ${transport}, ${countOf(chosen.length, 'target')}`,
    // By git, whoever may not be asked who he is must be named by --author.
    codes: transport === 'git' ? [0, 1, 2, 3] : [0, 1, 3],
    // git knows no second attempt.
    once: /service=git-upload-pack|git-upload-pack$/,
    needsDisk: true,
    needsGit: transport === 'git',
    // One of the targets has no such file yet; of an empty repository Gitea answers `[]`.
    mayMiss: /\/acme\/new\/contents\//,
    countsOnly: /\/acme\/new\/contents\//,
    calls: transport === 'api' ? 4 : 8,
    open: () => open(flavour, transport, chosen),
  };
}

/** Of a repository that must have another file as well. */
function requiredPath(flavour: Flavour, naming: Naming): WriterPath {
  return {
    ...shared,
    name: `cascade ${flavour} --require-file ${naming}`,
    codes: [0, 1, 2, 3],
    // That a file is not there, said of a repository that is, makes it no target.
    whereMissing: {
      at: /\/contents\/\.github\/workflows\/publish\.yml/,
      code: 0,
      decision: 'complete-with-skips',
    },
    outFiles: /^report\.json$/,
    calls: 4,
    open: () => openRequired(flavour, naming),
  };
}

export const cascadePaths: readonly WriterPath[] = [
  cascadePath('github', 'api'),
  cascadePath('gitea-1.22.6', 'api'),
  cascadePath('gitea-1.22.6', 'git'),
  cascadePath('gitea-1.22.6', 'git', ['acme/web']),
  requiredPath('github', '--manifest'),
  requiredPath('gitea-1.22.6', '--targets-file'),
];

/** The reports of two shards, without any server. */
export const mergePaths: readonly Path[] = [
  {
    name: 'cascade --merge-report',
    script: 'cascade',
    code: 0,
    decision: 'complete',
    codes: [0, 1, 2, 3],
    open: async () =>
      openFileWorld(
        {
          'one.json': reportOf({ 'acme/web': 'updated' }),
          'two.json': reportOf({ 'acme/done': 'unchanged' }),
        },
        { args: ['--merge-report', 'one.json', '--merge-report', 'two.json'] },
      ),
  },
];

/** As the verdict of a stopped run says: what its report names open is taken up again, and nothing else. */
export const cascadeByReport: WriterPath = {
  ...cascadePath('gitea-1.22.6', 'api'),
  name: 'cascade gitea-1.22.6 by api, taken up by its report',
  resume({ args, room }) {
    const report = join(room, 'report.json');
    return existsSync(report) ? [...args, '--only-failed', report] : args;
  },
};
