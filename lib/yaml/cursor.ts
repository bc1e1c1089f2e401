/** A text that is not YAML as the servers read it; `offset` is where that shows. */
export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A place in a text that is read once from its start. Beyond the end the character is 0. */
export class Cursor {
  readonly text: string;
  at = 0;
  line = 0;
  lineStart = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The character code `ahead` of the cursor; 0 beyond the end. */
  code(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  /** Passes over one line break; returns what it stands for in a folded text. */
  passBreak(): string {
    const code = this.code();
    this.at += code === 0x0d && this.code(1) === 0x0a ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  passBlanks(): void {
    while (isBlank(this.code())) this.at++;
  }

  passToLineEnd(): void {
    while (!isBreakOrEnd(this.code())) this.at++;
  }

  /** Whether `---` or `...` stands here, alone at the start of a line. */
  isAtDocumentMark(): boolean {
    if (this.at !== this.lineStart) return false;
    const code = this.code();
    if (code !== 0x2d && code !== 0x2e) return false;
    return this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3));
  }
}

/** A space or a tab. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** YAML 1.1 also breaks lines at NEL, LS and PS; the servers' parser does. */
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** A line break, or the end of the text (code 0). */
export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

/** A space, tab or line break, or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code);
}
