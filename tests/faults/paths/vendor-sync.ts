import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile, renderLock } from '../../../lib/vendor-sync/lock.ts';
import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { startForge } from '../../support/forge/forge.mjs';
import { makeBundle, makeRelease, sumOf } from '../../support/vendor-release.mjs';
import { traceFolder } from './traces.ts';
import type { Flavour } from './world.ts';
import { openWriterWorld, type WriterPath, type WriterWorld } from './writer-world.ts';

const source = 'acme/switchyard';
const scripts = ['ancestry', 'e2e-gate', 'vendor-sync'];

function makeLock(version: string, commit: string): string {
  const files = scripts.map((name): [string, string] => [`${name}.mjs`, sumOf(makeBundle(name, version))]);
  return renderLock({ source, ref: `v${version}`, commit, version, files: new Map(files) });
}

function open(flavour: Flavour, command: 'add' | 'update'): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub, watch }) => {
    const forge = await startForge({ flavour });
    watch('forge', forge);
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const repo = forge.repo(source);
    const [one, two] = ['1.0.0', '1.1.0'].map((version) => {
      const sha = repo.pushCommit({
        branch: 'main',
        message: version,
        files: makeRelease(version),
        by: 'ada',
      });
      repo.setTag(`v${version}`, sha);
      return sha;
    }) as [string, string];
    const project = join(folder, 'project');
    const vendor = join(project, 'vendor');
    mkdirSync(command === 'update' ? vendor : project, { recursive: true });
    if (command === 'update') {
      for (const name of scripts) writeFileSync(join(vendor, `${name}.mjs`), makeBundle(name, '1.0.0'));
      writeFileSync(join(vendor, lockFile), makeLock('1.0.0', one));
    }
    return {
      args: [command, '--from', `${source}@v1.1.0`],
      env: jobEnvironment(forge, { token }),
      cwd: project,
      names: { ONE: one, TWO: two },
      secrets: [token],
      traces: [traceFolder(vendor, hub.names)],
      close: () => forge.close(),
    };
  });
}

/** From a folder, without any server: only what it writes can be cut. */
function openFolder(): Promise<WriterWorld> {
  return openWriterWorld(async ({ folder, hub }) => {
    const project = join(folder, 'project');
    mkdirSync(project);
    mkdirSync(join(folder, 'source', 'vendor'), { recursive: true });
    for (const [path, text] of Object.entries(makeRelease('1.1.0')))
      writeFileSync(join(folder, 'source', path), text);
    return {
      args: ['add', '--from', '../source'],
      env: {},
      cwd: project,
      names: {},
      secrets: [],
      traces: [traceFolder(join(project, 'vendor'), hub.names)],
    };
  });
}

/** What is said to be written, as it must be then. */
function claims({ outputs }: ScriptResult): string[] {
  if (outputs['decision'] !== 'added' && outputs['decision'] !== 'updated') return [];
  return (JSON.parse(outputs['changed'] || '[]') as string[])
    .filter((file) => file !== lockFile)
    .map((file) => `file ${file}: ${makeBundle(file.replace(/\.mjs$/, ''), '1.1.0')}`);
}

const shared = {
  script: 'vendor-sync',
  fresh: true,
  code: 0,
  codes: [0, 1, 3],
  // v1.1.0 is a tag; whether a branch has that name too is asked as well.
  mayMiss: /\/git\/refs?\/heads\//,
  needsDisk: true,
  calls: 5,
  claims,
} as const;

function vendorPath(flavour: Flavour, command: 'add' | 'update'): WriterPath {
  const decision = command === 'add' ? 'added' : 'updated';
  return {
    ...shared,
    name: `vendor-sync ${command} ${flavour}`,
    decision,
    resumed: [decision, 'in-sync'],
    open: () => open(flavour, command),
  };
}

export const vendorSyncPaths: readonly WriterPath[] = [
  vendorPath('github', 'add'),
  vendorPath('gitea-1.22.6', 'add'),
  vendorPath('gitea-1.22.6', 'update'),
  {
    ...shared,
    name: 'vendor-sync add from a folder',
    decision: 'added',
    resumed: ['added', 'in-sync'],
    open: openFolder,
  },
];
