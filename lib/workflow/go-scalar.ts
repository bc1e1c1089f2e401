import type { YamlNode } from '../yaml/node.ts';
import { resolveScalar, TagMismatch, type GoValue } from '../yaml/resolve.ts';
import type { GoType } from './go-types.ts';

/** What ends decoding at once, as go-yaml's `failf` does. */
export class Fatal extends Error {
  readonly node: YamlNode;
  constructor(message: string, node: YamlNode) {
    super(message);
    this.node = node;
  }
}

/** Does go-yaml take a scalar for a value of this type? Throws Fatal where it gives up on the whole text. */
export function fitsScalar(node: YamlNode, type: GoType): boolean {
  const value = resolve(node);
  if (node.tag === '!!binary' && !/^([0-9A-Za-z+/\s]{4})*([0-9A-Za-z+/]{2,3}=*)?\s*$/.test(node.value)) {
    throw new Fatal('a !!binary text is no base64', node);
  }
  switch (type.is) {
    case 'string':
    case 'any':
      return true;
    case 'bool':
      return typeof value === 'boolean' || (typeof value === 'string' && isOldBool(value));
    case 'int':
      return (typeof value === 'bigint' || typeof value === 'number') && value < 2n ** 63n;
    default:
      return false;
  }
}

/** Throws Fatal where a null is tagged as one and is none. */
export function assertNull(node: YamlNode): void {
  resolve(node);
}

function resolve(node: YamlNode): GoValue {
  try {
    return resolveScalar(node);
  } catch (error) {
    if (error instanceof TagMismatch) throw new Fatal(error.message, node);
    throw error;
  }
}

/** Words that go-yaml takes for a boolean where one is wanted, and for a text everywhere else. */
function isOldBool(word: string): boolean {
  return /^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(word);
}
