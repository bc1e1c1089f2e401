// `--fix`: files that are written back, or not.
import { join } from 'node:path';
import type { ScriptResult } from '../../support/run-script.mjs';
import { openFileWorld } from './file-world.ts';
import { traceFolder } from './traces.ts';
import type { Path } from './world.ts';

const folder = '.gitea/workflows';
const workflow = (name: string, step: string): string =>
  `name: ${name}\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${step}`;
const broken = "        continue-on-error: 'true' # until #1\n";
const mended = '        continue-on-error: true # until #1\n';
/** So long that a disk may have room for the other file alone. */
const long = '# as it was agreed\n'.repeat(100);

const before = {
  'brief.yml': workflow('Brief', broken),
  'long.yml': workflow('Long', broken) + long,
  'sound.yml': workflow('Sound', ''),
};
const after: Record<string, string> = {
  'brief.yml': workflow('Brief', mended),
  'long.yml': workflow('Long', mended) + long,
};

/** A file that is called fixed holds what it should. */
function claims({ record }: ScriptResult): string[] {
  const { fixed = [] } = (record?.details ?? {}) as { fixed?: { file: string }[] };
  return fixed
    .map(({ file }) => file.slice(`${folder}/`.length))
    .map((file) => `file ${file}: ${after[file]}`);
}

export const lintFixPath: Path = {
  name: 'lint-workflow-yaml --fix',
  script: 'lint-workflow-yaml',
  fresh: true,
  code: 0,
  decision: 'clean',
  codes: [0, 1, 2, 3],
  needsDisk: true,
  // A workflow that is not in the folder is none of the project's, and no forge takes a folder for one.
  withoutFile: { code: 0, decision: 'clean', when: /vanished|is a folder/ },
  claims,
  denies: ({ record }) => record?.changed === false,
  open: async () => {
    const texts = Object.fromEntries(
      Object.entries(before).map(([file, text]) => [`${folder}/${file}`, text]),
    );
    const world = openFileWorld(
      { ...texts, 'lint.json': '{}\n' },
      // Of what is written back only the disk is spoilt: of these two files that is not one beforehand.
      {
        args: ['--fix', '--config', 'lint.json'],
        unread: [`${folder}/brief.yml`, `${folder}/long.yml`],
      },
    );
    const place = join(world.cwd ?? '', folder);
    return { ...world, written: traceFolder(place, world.hub.names) };
  },
};
