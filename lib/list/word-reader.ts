import { UsageError } from '../errors.ts';
import { addCharacter, beginWord, plainStart, type ShellWord } from './shell-word.ts';

/** Nobody writes a script that is nested so deep; one that is would use up the stack. */
const deepest = 200;

/** Reads the words of a shell text one by one. Throws UsageError where they are nested too deep to be read. */
export abstract class WordReader {
  protected readonly text: string;
  protected at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Passes over the commands in `$(…)`, up to the bracket that closes it. */
  protected abstract readCommands(settings: { isNested: boolean }): unknown;

  protected passBlank(): boolean {
    const blank = /(?:[ \t\r]|\\\r?\n)+/y;
    blank.lastIndex = this.at;
    if (!blank.test(this.text)) return false;
    this.at = blank.lastIndex;
    return true;
  }

  /** Comments begin where a word could. */
  protected passComment(): boolean {
    if (this.text[this.at] !== '#') return false;
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
    return true;
  }

  protected readWord(): ShellWord {
    const word = beginWord(this.at);
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string;
      if (sign === '(' && /^\w+(?:\[[^\]]*\])?\+?=$/.test(word.text) && plainStart(word) === word.text) {
        this.nest(() => this.readElements(word));
      } else if (/^[<>]\($/.test(this.text.slice(this.at, this.at + 2)) && this.at === word.start) {
        this.at++;
        this.passBrackets();
        word.computed = true;
      } else if (/[ \t\r\n;&|<>()]/.test(sign)) break;
      else this.readPart(word, sign);
    }
    word.end = this.at;
    return word;
  }

  private nest(read: () => unknown): void {
    if (++this.depth > deepest) {
      throw new UsageError(
        `Cannot read the shell text: it is nested more than ${deepest} deep; name a list in a simpler file`,
      );
    }
    read();
    this.depth--;
  }

  private readPart(word: ShellWord, sign: string): void {
    const start = this.at;
    if (sign === "'") this.readSingle(word);
    else if (sign === '"') this.readDouble(word);
    else if (this.text.startsWith("$'", start)) this.readAnsi(word);
    else if (this.text.startsWith('$"', start)) this.at++;
    else if (this.passExpansion()) word.computed = true;
    else if (sign === '\\') this.readEscape(word);
    else {
      this.at++;
      addCharacter(word, sign, { start, end: this.at, quoted: false });
    }
  }

  private readEscape(word: ShellWord): void {
    const start = this.at;
    const length = this.text.startsWith('\\\r\n', start) ? 3 : 2;
    this.at += length;
    const meant = this.text[start + 1];
    if (meant !== undefined && meant !== '\n' && length === 2) {
      addCharacter(word, meant, { start, end: this.at, quoted: true });
    }
  }

  private readSingle(word: ShellWord): void {
    for (this.at++; this.at < this.text.length && this.text[this.at] !== "'";) {
      const start = this.at;
      if (this.passForgeExpression()) word.computed = true;
      else
        addCharacter(word, this.text[start] as string, {
          start,
          end: ++this.at,
          quoted: true,
        });
    }
    this.close(word);
  }

  private readDouble(word: ShellWord): void {
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"';) {
      const start = this.at;
      if (this.passExpansion()) word.computed = true;
      else if (/^\\(?:[$`"\\\n]|\r\n)/.test(this.text.slice(start, start + 3))) this.readEscape(word);
      else addCharacter(word, this.text[start] as string, { start, end: ++this.at, quoted: true });
    }
    this.close(word);
  }

  /** `$'…'`: escapes beyond the common ones count as an expansion. */
  private readAnsi(word: ShellWord): void {
    const known: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
    for (this.at += 2; this.at < this.text.length && this.text[this.at] !== "'";) {
      const start = this.at;
      const isEscape = this.text[start] === '\\';
      const meant = isEscape ? known[this.text[start + 1] ?? ''] : this.text[start];
      this.at += isEscape ? 2 : 1;
      if (meant === undefined) word.computed = true;
      else addCharacter(word, meant, { start, end: this.at, quoted: true });
    }
    this.close(word);
  }

  private readElements(word: ShellWord): void {
    word.opening = this.at++;
    word.elements = [];
    while (this.at < this.text.length && this.text[this.at] !== ')') {
      if (this.passBlank() || this.passComment()) continue;
      if (/[\n;&|<>(]/.test(this.text[this.at] as string)) {
        // Nothing but names may stand here.
        if (this.text[this.at] !== '\n') word.computed = true;
        this.at++;
      } else word.elements.push(this.readWord());
    }
    this.close(word);
  }

  /** Passes over the closing sign; where the text ends without it, no shell would run it. */
  private close(word: ShellWord): void {
    if (this.at >= this.text.length) word.computed = true;
    this.at++;
  }

  /** Passes over `${{ … }}`, which the forge replaces before a shell sees it. */
  private passForgeExpression(): boolean {
    if (!this.text.startsWith('${{', this.at)) return false;
    const end = this.text.indexOf('}}', this.at);
    this.at = end < 0 ? this.text.length : end + 2;
    return true;
  }

  /** Passes over an expansion, if one begins here. */
  private passExpansion(): boolean {
    if (this.passForgeExpression()) return true;
    const rest = this.text.slice(this.at, this.at + 3);
    if (rest.startsWith('`')) {
      for (this.at++; this.at < this.text.length && this.text[this.at] !== '`'; this.at++) {
        if (this.text[this.at] === '\\') this.at++;
      }
      this.at++;
    } else if (rest === '$((') {
      this.at++;
      this.nest(() => this.passBrackets());
    } else if (rest.startsWith('$(')) {
      this.at += 2;
      this.nest(() => this.readCommands({ isNested: true }));
      this.at++;
    } else if (rest.startsWith('${')) {
      this.at += 2;
      this.nest(() => this.passBraces());
    } else if (/^\$[\w@*#?$!-]/.test(rest)) {
      this.at += 2;
      while (/\w/.test(this.text[this.at] ?? '')) this.at++;
    } else return false;
    return true;
  }

  private passBraces(): void {
    const passed = beginWord(this.at);
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const sign = this.text[this.at] as string;
      // A quote that is alone on its line is a letter, as a shell other than bash takes it.
      if (sign === "'" && !/^'[^'\n]*'/.test(this.text.slice(this.at))) this.at++;
      else this.readPart(passed, sign);
    }
    this.at++;
  }

  /** Passes over brackets and what they hold, as in `((i << 2))`. */
  protected passBrackets(): void {
    const passed = beginWord(this.at);
    let depth = 0;
    do {
      const sign = this.text[this.at] as string;
      if (sign === '(') depth++;
      if (sign === ')') depth--;
      if (sign === '(' || sign === ')') this.at++;
      else this.readPart(passed, sign);
    } while (depth > 0 && this.at < this.text.length);
  }
}
