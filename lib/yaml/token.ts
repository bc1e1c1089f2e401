export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** `map` and `seq` open a block collection that `end` closes; the rest are as written in the text. */
export type TokenType =
  | 'scalar'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'key'
  | 'value'
  | 'entry'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | 'map'
  | 'seq'
  | 'end'
  | 'document'
  | 'documentEnd'
  | 'directive'
  | 'streamEnd';

export interface Token {
  type: TokenType;
  start: number;
  end: number;
  /** The text of a scalar, or the name of an alias, anchor, tag or directive. */
  value: string;
  style: ScalarStyle;
}
