import { openFileWorld } from './file-world.ts';
import type { Path } from './world.ts';

const repos = ['acme/template-web', 'acme/template-worker'];
const manifest = JSON.stringify({ workspace_templates: repos.map((repo) => ({ repo })) }, null, 2);
const workflow = (names: string): string =>
  `name: publish\non: push\nenv:\n  TEMPLATES: ${names}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo\n`;
const script = (names: string): string =>
  `#!/bin/sh\nTEMPLATES="${names}"\nfor name in $TEMPLATES; do echo "$name"; done\n`;
const list = (names: string): string => `${JSON.stringify({ templates: names.split(' ') }, null, 2)}\n`;

function driftPath(names: string, code: number, decision: string): Path {
  return {
    name: `cascade-list-drift-gate ${decision}`,
    script: 'cascade-list-drift-gate',
    code,
    decision,
    codes: [0, 1, 2, 3],
    open: async () =>
      openFileWorld(
        {
          'manifest.json': manifest,
          '.github/workflows/publish.yml': workflow(names),
          'fan-out.sh': script(names),
          'list.json': list(names),
        },
        {
          args: [
            ...['--manifest', 'manifest.json', '--select', 'workspace_templates[].repo'],
            ...['--list', '.github/workflows/publish.yml#TEMPLATES', '--list', 'fan-out.sh#TEMPLATES'],
            ...['--list', 'list.json#templates[]', '--template', 'acme/template-{name}'],
          ],
        },
      ),
  };
}

export const driftPaths: readonly Path[] = [
  driftPath('web worker', 0, 'in-sync'),
  driftPath('web', 1, 'drift'),
];
