// Every path that writes: what the fault table spoils, and what the interruption tests cut.
import { autoPromotePaths } from './auto-promote.ts';
import { cascadePaths } from './cascade.ts';
import { promoteImagePaths } from './promote-image.ts';
import { syncBranchPaths } from './sync-branch.ts';
import { vendorSyncPaths } from './vendor-sync.ts';
import type { WriterPath } from './writer-world.ts';

export const WRITERS: readonly WriterPath[] = [
  ...cascadePaths,
  ...promoteImagePaths,
  ...autoPromotePaths,
  ...syncBranchPaths,
  ...vendorSyncPaths,
];
