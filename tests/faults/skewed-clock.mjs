// Loaded before a bundle: its machine's clock is wrong by as much as CLOCK_SKEW_MS says.
import { skewDate } from './skew-date.mjs';

globalThis.Date = skewDate(Number(process.env['CLOCK_SKEW_MS']));
