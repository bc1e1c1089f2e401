import { decodeUtf8 } from './utf8.ts';

/** Thrown with the place of the first field that is not as it must be. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * Reads fields of a server's JSON and refuses, naming the place, what is missing or of another kind:
 * `{}`, `null` and rows without their fields are never taken for an empty answer.
 */
export class Shape {
  readonly #value: unknown;
  readonly #place: string;

  constructor(value: unknown, place = 'the body') {
    this.#value = value;
    this.#place = place;
  }

  /** A field that must be there; of `null` or a list it is an error. */
  field(name: string): Shape {
    const value = this.#object()[name];
    if (value === undefined) throw new ShapeError(`${this.#place} has no "${name}"`);
    return new Shape(value, `"${name}" of ${this.#place}`);
  }

  /** A field that may be missing or null. */
  optional(name: string): Shape | null {
    const value = this.#object()[name];
    return value === undefined || value === null ? null : new Shape(value, `"${name}" of ${this.#place}`);
  }

  list(): Shape[] {
    if (!Array.isArray(this.#value)) throw this.#wrong('a list');
    return this.#value.map(
      (value: unknown, index) => new Shape(value, `item ${index + 1} of ${this.#place}`),
    );
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.#wrong('a string');
    return this.#value;
  }

  /** How many there are, or a number that a server gave: never below nothing. */
  count(): number {
    const value = this.integer();
    if (value < 0) throw new ShapeError(`${this.#place} is ${value}, and no count is below 0`);
    return value;
  }

  /** Also below nothing, as the ids of Gitea's own users are. */
  integer(): number {
    if (typeof this.#value !== 'number' || !Number.isSafeInteger(this.#value))
      throw this.#wrong('a whole number');
    return this.#value;
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.#wrong('true or false');
    return this.#value;
  }

  sha(): string {
    const text = this.text();
    if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)) throw this.#wrong('a commit SHA');
    return text.toLowerCase();
  }

  isNull(): boolean {
    return this.#value === null;
  }

  raw(): unknown {
    return this.#value;
  }

  #object(): Record<string, unknown> {
    if (this.#value === null || typeof this.#value !== 'object' || Array.isArray(this.#value)) {
      throw this.#wrong('an object');
    }
    return this.#value as Record<string, unknown>;
  }

  #wrong(wanted: string): ShapeError {
    const value = this.#value;
    const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
    const article = kind === 'object' ? 'an ' : /^(null|a list)$/.test(kind) ? '' : 'a ';
    return new ShapeError(`${this.#place} is ${article}${kind}, not ${wanted}`);
  }
}

/** The JSON that a text holds, or bytes that must be UTF-8; `place` names it in errors. Throws ShapeError. */
export function readJson(source: string | Uint8Array, place: string): Shape {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  if (text === null) throw new ShapeError(`${place} is not UTF-8`);
  try {
    return new Shape(JSON.parse(text), place);
  } catch {
    throw new ShapeError(`${place} is not JSON`);
  }
}
