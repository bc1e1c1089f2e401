import type { ScriptResult } from '../../support/run-script.mjs';
import { jobEnvironment } from '../../support/environment.mjs';
import { startPromoteWorld } from '../../support/promote-world.mjs';
import { traceRepository } from './traces.ts';
import type { Flavour } from './world.ts';
import { openWriterWorld, type WriterPath, type WriterWorld } from './writer-world.ts';

/** How a merge comes to be: at once; or the server makes it itself, once a check is green; or without a merge commit. */
type Course = 'merged' | 'armed' | 'fast-forwarded';

function open(flavour: Flavour, course: Course, runsOnMain: boolean): Promise<WriterWorld> {
  return openWriterWorld(async ({ hub, watch }) => {
    const protection = course === 'armed' ? { protection: { contexts: ['other'] } } : {};
    const world = await startPromoteWorld(flavour, { runsOnMain, ...protection });
    const { forge, repo, token, dispatchToken } = world;
    watch('forge', forge);
    if (course === 'armed') {
      repo.setStatus(world.head, { context: 'other', status: 'pending' });
      let looks = 0;
      // The check ends a little after the pull request was armed, whoever looks.
      forge.options.onRequest = () => {
        if (repo.pulls[0]?.autoMerge && ++looks === 4)
          repo.setStatus(world.head, { context: 'other', status: 'success' });
      };
    }
    const pace = ['--poll', '60ms', '--push-grace', '0ms', '--absent-grace', '0ms', '--wait', '3s'];
    return {
      args: [
        ...['--workflow', 'ci.yml', '--enabled', '--dispatch', 'publish.yml', ...pace],
        ...(course === 'fast-forwarded' ? ['--method', 'fast-forward'] : []),
      ],
      env: jobEnvironment(forge, {
        token,
        branch: 'staging',
        more: { DISPATCH_TOKEN: dispatchToken },
      }),
      names: { BEFORE: world.before, HEAD: world.head },
      secrets: [token, dispatchToken],
      traces: [traceRepository(repo, hub.names)],
      close: () => forge.close(),
    };
  });
}

function claims({ outputs }: ScriptResult): string[] {
  if (outputs['decision'] !== 'promoted') return [];
  const runs = JSON.parse(outputs['dispatched'] || '[]') as { file: string; by: string }[];
  return [
    `merge of #${outputs['pr']} of acme/app`,
    ...runs.filter(({ by }) => by === 'dispatch').map(({ file }) => `start of ${file} on acme/app main`),
  ];
}

function autoPromotePath(flavour: Flavour, course: Course, runsOnMain: boolean): WriterPath {
  const started = runsOnMain ? 'its push starts' : 'a dispatch starts';
  return {
    name: `auto-promote ${flavour} ${course}, ${started} what is due`,
    script: 'auto-promote',
    fresh: true,
    code: 0,
    decision: 'promoted',
    resumed: ['promoted', 'nothing-to-do'],
    codes: [0, 1, 3],
    // A server without a list of runs, without its version or a compare of SHAs is an older one; a branch may be gone;
    // commits are counted by a header, and walked until they decide.
    ...(flavour === 'github'
      ? { countsOnly: /\/compare\//, mayMiss: /\/branches\// }
      : {
          mayLack: /\/compare\/|\/actions\/runs\?|\/version$/,
          mayMiss: /\/branches\//,
          countsOnly: /\/commits\?\S*limit=(1|50)&/,
          untilEnough: /\/activit|\/commits\?/,
        }),
    // Asked so that it is known whether this server can start one; whether it did is read back.
    optional: /GET \S*\/actions\/workflows$/,
    // What a lost answer did is found by the next run, which starts from what is there; nothing is sent twice.
    once: /POST \S*\/(pulls|dispatches)$/,
    calls: 20,
    claims,
    open: () => open(flavour, course, runsOnMain),
  };
}

export const autoPromotePaths: readonly WriterPath[] = [
  autoPromotePath('github', 'merged', false),
  autoPromotePath('github', 'armed', false),
  autoPromotePath('github', 'fast-forwarded', false),
  autoPromotePath('gitea-1.25.4', 'merged', false),
  autoPromotePath('gitea-1.25.4', 'fast-forwarded', false),
  autoPromotePath('gitea-1.22.6', 'merged', true),
];
