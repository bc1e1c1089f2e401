// A process of interruptions.ts: interrupts its share of the calls, and sends what came of them.
import { once } from 'node:events';
import { runInterruptions, type Share } from './interruptions.ts';

const [share] = (await once(process, 'message')) as [Share];
process.send?.(await runInterruptions(share, 2), () => process.disconnect());
