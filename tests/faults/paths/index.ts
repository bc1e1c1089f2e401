// Every path of every script: one file a script, each of which exports a list.
import { ancestryPaths } from './ancestry.ts';
import { driftPaths } from './cascade-list-drift-gate.ts';
import { mergePaths } from './cascade.ts';
import { gatePaths } from './e2e-gate.ts';
import { lintPaths } from './lint-workflow-yaml.ts';
import { deployPaths } from './prod-auto-deploy.ts';
import { resolveVersionPaths } from './resolve-version.ts';
import { trainPaths } from './train-status.ts';
import { vendorFilePaths } from './vendor-files.ts';
import type { Path } from './world.ts';
import { WRITERS } from './writers.ts';

export const PATHS: readonly Path[] = [
  ...gatePaths,
  ...ancestryPaths,
  ...deployPaths,
  ...resolveVersionPaths,
  ...driftPaths,
  ...mergePaths,
  ...lintPaths,
  ...trainPaths,
  ...vendorFilePaths,
  ...WRITERS,
];
