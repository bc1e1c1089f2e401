import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { startForge } from '../../support/forge/forge.mjs';
import { traceRepository } from './traces.ts';
import type { Flavour } from './world.ts';
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

function open(flavour: Flavour, transport: 'api' | 'git'): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const forge = await startForge({ flavour });
    watch('forge', forge);
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const repos = Object.entries(targets).map(([name, version]) => {
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
      args: [
        ...args,
        '--transport',
        transport,
        ...Object.keys(targets).flatMap((name) => ['--target', name]),
      ],
      env: { ...env, GITHUB_SERVER_URL: forge.url },
      names: {},
      secrets: [token],
      traces: repos.map((repo) => traceRepository(repo, hub.names)),
      close: () => forge.close(),
    };
  });
}

function claims({ outputs }: ScriptResult): string[] {
  return (JSON.parse(outputs['updated'] || '[]') as string[]).map(entry);
}

function cascadePath(flavour: Flavour, transport: 'api' | 'git'): WriterPath {
  return {
    name: `cascade ${flavour} by ${transport}`,
    script: 'cascade',
    fresh: true,
    code: 0,
    decision: 'complete',
    resumed: ['complete'],
    // By git, whoever may not be asked who he is must be named by --author.
    codes: transport === 'git' ? [0, 1, 2, 3] : [0, 1, 3],
    // Who the token is of is asked for the sake of a job's own; what came of a write is read again, whatever was
    // answered; git knows no second attempt.
    optional: /^forge (GET \S*\/user|(PUT|POST) \S*\/contents\/\S*)$/,
    once: /service=git-upload-pack|git-upload-pack$/,
    needsDisk: true,
    // One of the targets has no such file yet.
    mayLack: /\/acme\/new\/contents\//,
    countsOnly: /\/acme\/new\/contents\//,
    calls: transport === 'api' ? 4 : 8,
    claims,
    open: () => open(flavour, transport),
  };
}

export const cascadePaths: readonly WriterPath[] = [
  cascadePath('github', 'api'),
  cascadePath('gitea-1.22.6', 'api'),
  cascadePath('gitea-1.22.6', 'git'),
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
