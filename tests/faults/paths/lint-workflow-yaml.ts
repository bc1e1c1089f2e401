import { openFileWorld } from './file-world.ts';
import { lintFixPath } from './lint-fix.ts';
import type { Path } from './world.ts';

const workflow = (name: string, branch: string): string =>
  `name: ${name}\non:\n  push:\n    branches: [${branch}]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
const config = JSON.stringify({ rules: { 'runner-label-exists': 'off' } });

const shared = { script: 'lint-workflow-yaml', codes: [0, 1, 2, 3] } as const;

function lintPath(name: string, args: string[], more: Pick<Path, 'code' | 'decision'> & Partial<Path>): Path {
  return {
    ...shared,
    ...more,
    name: `lint-workflow-yaml ${name}`,
    open: async () => {
      const e2e = workflow('E2E', more.code === 0 ? 'main' : '"!main"');
      return openFileWorld(
        {
          '.gitea/workflows/ci.yml': workflow('CI', 'main'),
          '.gitea/workflows/e2e.yml': e2e,
          'lint.json': config,
        },
        { args: [...args, '--config', 'lint.json'] },
      );
    },
  };
}

/** A workflow that is not in the folder is none of the project's, and no forge takes a folder for one. */
const absent = { code: 0, decision: 'clean', when: /vanished|is a folder/ };

export const lintPaths: readonly Path[] = [
  lintFixPath,
  lintPath('a folder', [], { code: 0, decision: 'clean', withoutFile: absent }),
  lintPath('two files', ['.gitea/workflows/ci.yml', '.gitea/workflows/e2e.yml'], {
    code: 0,
    decision: 'clean',
    withoutFile: { ...absent, when: /is a folder/ },
  }),
  lintPath('a folder with findings', ['--format', 'sarif'], {
    code: 1,
    decision: 'findings',
    withoutFile: absent,
  }),
];
