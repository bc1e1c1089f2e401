import { join } from 'node:path';
import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { startForge } from '../../support/forge/forge.mjs';
import { traceRepository } from './traces.ts';
import type { Flavour } from './world.ts';
import { openWriterWorld, type WriterPath, type WriterWorld } from './writer-world.ts';

/** How the two branches lie, and what the branch lets in. */
type Case = 'merged' | 'fast-forwarded' | 'conflict' | 'pr';

function open(flavour: Flavour, kind: Case, transport: 'api' | 'git'): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const forge = await startForge({ flavour });
    watch('forge', forge);
    forge.user('ada', { admin: true, name: 'Ada' });
    const token = forge.addToken({ user: 'ada' });
    const repo = forge.repo('acme/app', transport === 'git' ? { git: join(folder, 'app.git') } : {});
    const commit = (branch: string, files: Record<string, string>): string =>
      repo.pushCommit({ branch, message: `on ${branch}`, files, by: 'ada' });
    const first = commit('main', { 'a.txt': '1\n' });
    repo.setBranch('staging', first);
    repo.push({ branch: 'staging', by: 'ada' });
    const theirs = commit('main', { 'main.txt': 'm\n', ...(kind === 'conflict' ? { 'a.txt': 'm\n' } : {}) });
    const names: Record<string, string> = { FIRST: first, THEIRS: theirs };
    if (kind !== 'fast-forwarded')
      names['OURS'] = commit('staging', { [kind === 'conflict' ? 'a.txt' : 's.txt']: 's\n' });
    if (kind === 'pr') repo.protect('staging', { push: false });
    return {
      args: ['--from', 'main', '--to', 'staging', '--transport', transport, '--pr-on-conflict'],
      env: { ...jobEnvironment(forge, { token }), GITHUB_SERVER_URL: forge.url },
      names,
      secrets: [token],
      traces: [traceRepository(repo, hub.names)],
      close: () => forge.close(),
    };
  });
}

function claims({ outputs }: ScriptResult): string[] {
  const { decision, pr } = outputs;
  if (decision === 'merged') return ['merge on acme/app staging: main.txt="m\\n" (Merge main into staging)'];
  if (decision === 'fast-forwarded') return ['push to acme/app staging: on main'];
  return pr ? [`pull request #${pr} of acme/app from main to staging: Merge main into staging`] : [];
}

function syncPath(flavour: Flavour, kind: Case, transport: 'api' | 'git'): WriterPath {
  return {
    name: `sync-branch ${flavour} ${kind} by ${transport}`,
    script: 'sync-branch',
    fresh: true,
    code: kind === 'conflict' ? 1 : 0,
    decision: kind,
    resumed: kind === 'pr' || kind === 'conflict' ? [kind] : [kind, 'in-sync'],
    codes: [0, 1, 3],
    // Whose name the merge bears; and what came of a write is read again, whatever was answered.
    optional: /^forge (GET \S*\/user|POST \S*\/(merges|pulls)|PATCH \S*\/git\/refs\/\S*)$/,
    // Neither git nor who opens a pull request tries again.
    once: /service=git-upload-pack|git-upload-pack$|POST \S*\/pulls$/,
    needsDisk: transport === 'git',
    needsGit: transport === 'git',
    ...(flavour === 'github' ? { countsOnly: /\/compare\// } : {}),
    calls: transport === 'api' ? 6 : 10,
    claims,
    open: () => open(flavour, kind, transport),
  };
}

export const syncBranchPaths: readonly WriterPath[] = [
  syncPath('github', 'merged', 'api'),
  syncPath('github', 'fast-forwarded', 'api'),
  syncPath('github', 'conflict', 'api'),
  syncPath('github', 'pr', 'api'),
  syncPath('github', 'merged', 'git'),
  syncPath('gitea-1.22.6', 'merged', 'git'),
  syncPath('gitea-1.22.6', 'conflict', 'git'),
  syncPath('gitea-1.22.6', 'pr', 'git'),
];
