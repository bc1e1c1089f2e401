import { YamlSyntaxError } from './cursor.ts';
import type { Token } from './token.ts';

/** What the handles of tags stand for, as `!!` and those of `%TAG`. */
export class TagHandles {
  private readonly prefixes = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ]);

  declare(handle: string, prefix: string): void {
    this.prefixes.set(handle, prefix);
  }

  /** The tag of a token in its short form. Throws YamlSyntaxError where its handle is not declared. */
  resolve({ value, start }: Token): string {
    if (value === '!') return '!';
    if (value.startsWith('!<')) return shorten(value.slice(2, -1));
    const handle = /^![0-9A-Za-z_-]*!/.exec(value)?.[0] ?? '!';
    const prefix = this.prefixes.get(handle);
    if (prefix === undefined) throw new YamlSyntaxError(`the tag "${value}" is not declared`, start);
    return shorten(prefix + value.slice(handle.length));
  }
}

function shorten(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}
