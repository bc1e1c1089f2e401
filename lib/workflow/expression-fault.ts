/**
 * Why a text is no expression to the runner (act's `exprparser` over actionlint's grammar); null where it is one.
 * What it means is not looked at, but for functions and contexts that no runner has.
 */
export function findExpressionFault(text: string): string | null {
  const tokens = splitTokens(text);
  if (typeof tokens === 'string') return tokens;
  return text === '' ? null : new Parser(tokens).findFault();
}

const tokenForm =
  /[\s]*(?:('(?:''|[^'])*')|([A-Za-z_][\w-]*)|(-?(?:0x(?:0|[1-9a-fA-F][0-9a-fA-F]*)|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?(?:0|[1-9]\d*))?)(?![0-9A-Za-z.]))|(==|!=|<=|>=|&&|\|\||[()[\].!<>,*]))/y;

/** The tokens, up to a `}}`; a text and a number by their first sign alone. A string says what is none. */
function splitTokens(text: string): string[] | string {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end;) {
    if (/^\s*\}(\}|$)/.test(text.slice(at, at + 40))) break;
    tokenForm.lastIndex = at;
    const match = tokenForm.exec(text);
    if (!match) return `\`${text.slice(at).trim().slice(0, 20)}\` in it is no part of an expression`;
    tokens.push(match[1] ? "'" : match[3] ? '0' : (match[2] ?? match[4] ?? ''));
    at = tokenForm.lastIndex;
  }
  return tokens;
}

const functions = words(
  'contains startswith endswith format join tojson fromjson hashfiles always success failure cancelled',
);
const names = words(
  'github gitea env job jobs steps runner secrets vars strategy matrix needs inputs infinity nan true false null',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

class Parser {
  private readonly tokens: readonly string[];
  private at = 0;
  private unknown: string | null = null;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  findFault(): string | null {
    if (this.parseAny(0) && this.at === this.tokens.length) return this.unknown;
    const token = this.tokens[this.at];
    return token === undefined ? 'it ends too early' : `\`${token}\` is not expected where it stands`;
  }

  private take(...signs: readonly string[]): boolean {
    const isThere = signs.includes(this.tokens[this.at] ?? '');
    if (isThere) this.at++;
    return isThere;
  }

  /** Operands with the operators of all levels between them: which of them bind closer changes no fault. */
  private parseAny(depth: number): boolean {
    if (depth > 100) return false;
    do {
      while (this.take('!'));
      if (!this.parseOperand(depth)) return false;
    } while (this.take('||', '&&', '==', '!=', '<', '<=', '>', '>='));
    return true;
  }

  private parseOperand(depth: number): boolean {
    if (this.take('(')) {
      if (!this.parseAny(depth + 1) || !this.take(')')) return false;
    } else if (!this.take("'", '0') && !this.parseName(depth)) return false;
    for (;;) {
      if (this.take('.')) {
        if (!this.take('*') && !this.takeName()) return false;
      } else if (this.take('[')) {
        if (!this.parseAny(depth + 1) || !this.take(']')) return false;
      } else return true;
    }
  }

  private takeName(): string | null {
    const token = this.tokens[this.at] ?? '';
    if (!/^[A-Za-z_]/.test(token)) return null;
    this.at++;
    return token;
  }

  /** A context, a word, or a call of a function. */
  private parseName(depth: number): boolean {
    const name = this.takeName();
    if (name === null) return false;
    const isCall = this.take('(');
    if (!(isCall ? functions : names).has(name.toLowerCase()))
      this.unknown ??= `there is no ${isCall ? 'function' : 'context'} "${name}"`;
    if (!isCall || this.take(')')) return true;
    do {
      if (!this.parseAny(depth + 1)) return false;
    } while (this.take(','));
    return this.take(')');
  }
}
