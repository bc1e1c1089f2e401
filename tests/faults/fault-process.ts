// A process of share.ts: plays its share of the cases, and sends what came of them.
import { once } from 'node:events';
import { PATHS } from './paths/index.ts';
import { MAIN_PATHS } from './paths/main-paths.ts';
import { findPlayable } from './paths/playable.ts';
import { runFaults } from './harness.ts';
import type { Share } from './share.ts';

const [{ paths, only, ...share }] = (await once(process, 'message')) as [Share];
let done = 0;
const report = await runFaults({
  ...share,
  paths: findPlayable(paths === 'all' ? PATHS : MAIN_PATHS),
  ...(only === undefined ? {} : { only: new RegExp(only) }),
  onCase(name, result) {
    if (only !== undefined) console.log(`${result.code} ${Math.round(result.ms)} ms ${name}`);
    else if (++done % 1000 === 0) console.log(`${done} cases`);
  },
});
process.send?.(report, () => process.disconnect());
