import { parseDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';

/** A value of a configuration file with the path of its key, so that what is wrong can be said where it stands. */
export class ConfigReader {
  readonly #value: unknown;
  readonly #path: string;
  readonly #file: string;

  constructor(value: unknown, path: string, file: string) {
    this.#value = value;
    this.#path = path;
    this.#file = file;
  }

  /** `Cannot use FILE: PATH is FOUND; it wants WANTED`. */
  wrong(found: string, wanted: string): UsageError {
    const place = this.#path === '' ? 'the whole' : this.#path;
    return new UsageError(`Cannot use ${this.#file}: ${place} is ${found}; it wants ${wanted}`);
  }

  assertKeys(known: readonly string[]): void {
    for (const [key, value] of this.entries()) {
      if (known.includes(key)) continue;
      throw value.wrong(
        'no key that is known',
        `one of ${known.filter((name) => !name.startsWith('$')).join(', ')}`,
      );
    }
  }

  field(name: string): ConfigReader {
    const value = this.#object()[name];
    const field = this.#child(value, name);
    if (value === undefined) throw field.wrong('missing', 'a value');
    return field;
  }

  optional(name: string): ConfigReader | null {
    const value = this.#object()[name];
    return value === undefined ? null : this.#child(value, name);
  }

  entries(): [string, ConfigReader][] {
    return Object.entries(this.#object()).map(([key, value]) => [key, this.#child(value, key)]);
  }

  list(what: string): ConfigReader[] {
    if (!Array.isArray(this.#value)) throw this.wrong(kindOf(this.#value), `a list of ${what}`);
    return this.#value.map(
      (value: unknown, index) => new ConfigReader(value, `${this.#path}[${index}]`, this.#file),
    );
  }

  text(form: RegExp, wanted: string): string {
    if (typeof this.#value !== 'string') throw this.wrong(kindOf(this.#value), wanted);
    if (!form.test(this.#value)) throw this.wrong(`"${this.#value.slice(0, 80)}"`, wanted);
    return this.#value;
  }

  duration(): number {
    const wanted = 'a duration, as 500ms, 60s, 15m, 4h or 2d';
    if (typeof this.#value !== 'string') throw this.wrong(kindOf(this.#value), wanted);
    const ms = parseDuration(this.#value);
    if (ms === null) throw this.wrong(`"${this.#value.slice(0, 80)}"`, wanted);
    return ms;
  }

  count(): number {
    const value = this.#value;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1_000_000)
      throw this.wrong(
        typeof value === 'number' ? String(value) : kindOf(value),
        'a whole number from 0 to 1000000',
      );
    return value;
  }

  #child(value: unknown, key: string): ConfigReader {
    const shown = /^[\w$]+$/.test(key) ? key : `["${key}"]`;
    const path =
      this.#path === '' || shown.startsWith('[') ? `${this.#path}${shown}` : `${this.#path}.${shown}`;
    return new ConfigReader(value, path, this.#file);
  }

  #object(): Record<string, unknown> {
    const value = this.#value;
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw this.wrong(kindOf(value), 'an object');
    return value as Record<string, unknown>;
  }
}

/** A value's text, equal for equal values. */
export function describeConfigValue(value: object): string {
  return JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
