/**
 * The Go types that the servers decode a workflow into. `rule` names the lint rule that a value of
 * the wrong kind breaks; without one it is `decodes`.
 */
export type GoType = { rule?: string } & (
  | { is: 'string' | 'bool' | 'int' | 'any' }
  /** Kept as it stands, whatever it is (`yaml.Node`). */
  | { is: 'node' }
  | { is: 'list'; of: GoType }
  | { is: 'map'; of: GoType }
  | { is: 'struct'; fields: Readonly<Record<string, GoType>>; orText?: boolean }
);

/** A Go `string`. */
export const text: GoType = { is: 'string' };
/** An `interface{}`: a value of any kind. */
export const anything: GoType = { is: 'any' };
/** A `yaml.Node`, which is decoded later or never. */
export const node: GoType = { is: 'node' };

/** A list of such values. */
export function listOf(of: GoType, rule?: string): GoType {
  return withRule({ is: 'list', of }, rule);
}

/** A mapping from any keys to such values. */
export function mapOf(of: GoType, rule?: string): GoType {
  return withRule({ is: 'map', of }, rule);
}

/** A mapping with these keys; others are passed over. */
export function struct(fields: Readonly<Record<string, GoType>>, rule?: string): GoType {
  return withRule({ is: 'struct', fields }, rule);
}

/** The same type, but a value of another kind breaks this rule. */
export function withRule(type: GoType, rule: string | undefined): GoType {
  return rule === undefined ? type : { ...type, rule };
}
