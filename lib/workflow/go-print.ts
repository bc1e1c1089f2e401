import type { GoValue } from '../yaml/resolve.ts';

/** A value as Go's `fmt.Sprint` prints it. */
export function printValue(value: GoValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return printFloat(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
  if (value instanceof Map) {
    const entries = Array.from(value).sort(([a], [b]) => compareBytes(a, b));
    return `map[${entries.map(([key, item]) => `${key}:${printValue(item)}`).join(' ')}]`;
  }
  return typeof value === 'object' ? value.printed : String(value);
}

function printFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  return String(value);
}

/** The order of Go's texts, which are compared by their bytes; code points sort alike. */
export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
