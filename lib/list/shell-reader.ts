import { addCharacter, beginWord, plainStart, type ShellWord } from './shell-word.ts';

/** A simple command: its words, and what its here-strings and other redirections give to it. */
export interface ShellCommand {
  words: ShellWord[];
  hereStrings: ShellWord[];
}

interface HereDocument {
  delimiter: string;
  stripsTabs: boolean;
}

/** Words before which a command begins anew. */
const openers = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '{', '!', 'time', 'coproc']);

/**
 * The commands of a shell text, in order; those in `$(…)` are left out. What a forge puts in the place of `${{ … }}`
 * counts as an expansion.
 */
export function readCommands(text: string): ShellCommand[] {
  return new ShellReader(text).readCommands();
}

class ShellReader {
  private readonly text: string;
  private at = 0;
  private readonly documents: HereDocument[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Reads to the end; nested, to the bracket that closes what was open before. */
  readCommands({ isNested = false } = {}): ShellCommand[] {
    const commands: ShellCommand[] = [];
    let command: ShellCommand = { words: [], hereStrings: [] };
    const open: ('(' | 'case')[] = [];
    const finish = (): void => {
      while (openers.has(command.words[0]?.text ?? '')) command.words.shift();
      if (command.words[0]?.text === 'function') command.words.splice(0, 3);
      if (command.words[0]?.text === 'case') open.push('case');
      if (command.words[0]?.text === 'esac' && open.at(-1) === 'case') open.pop();
      if (command.words.length > 0) commands.push(command);
      command = { words: [], hereStrings: [] };
    };
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string;
      if (this.passBlank() || this.passComment()) continue;
      if (sign === '\n') {
        finish();
        this.at++;
        this.passDocuments();
      } else if (sign === ')') {
        finish();
        if (isNested && open.length === 0) break;
        // Behind a pattern of `case` the case is still open.
        if (open.at(-1) === '(') open.pop();
        this.at++;
      } else if (sign === '(') {
        const isArithmetic = command.words.length === 0 && this.text.startsWith('((', this.at);
        finish();
        if (isArithmetic) this.passBrackets();
        else {
          // The bracket before a pattern of `case` is closed by the pattern's own.
          if (open.at(-1) !== 'case' || !this.isPatternBracket()) open.push('(');
          this.at++;
        }
      } else if (sign === '<' || sign === '>' || this.text.startsWith('&>', this.at)) {
        this.readRedirection(command);
      } else if (/[;&|]/.test(sign)) {
        finish();
        this.at++;
      } else {
        const word = this.readWord();
        command.words.push(word);
        if (word.text === '[[' && command.words.every(({ text }) => text === '[[' || openers.has(text))) {
          this.passTest();
        }
      }
    }
    finish();
    return commands;
  }

  private isPatternBracket(): boolean {
    const before = this.text.slice(Math.max(0, this.at - 200), this.at).trimEnd();
    return /(?:;;&?|;&|\bin)$/.test(before);
  }

  private passBlank(): boolean {
    const blank = /(?:[ \t\r]|\\\r?\n)+/y;
    blank.lastIndex = this.at;
    if (!blank.test(this.text)) return false;
    this.at = blank.lastIndex;
    return true;
  }

  /** Comments begin where a word could. */
  private passComment(): boolean {
    if (this.text[this.at] !== '#') return false;
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
    return true;
  }

  /** What stands in `[[ … ]]` are no commands, whatever signs part them. */
  private passTest(): void {
    while (this.at < this.text.length) {
      if (this.passBlank()) continue;
      if (/[\n;&|<>()]/.test(this.text[this.at] as string)) this.at++;
      else if (this.readWord().text === ']]') return;
    }
  }

  private readRedirection(command: ShellCommand): void {
    if (/^[<>]\(/.test(this.text.slice(this.at, this.at + 2))) {
      command.words.push(this.readWord());
      return;
    }
    const sign = /<<<|<<-?|&>>?|[<>][&>|]*/y;
    sign.lastIndex = this.at;
    const [found = ''] = sign.exec(this.text) ?? [];
    this.at += found.length;
    while (this.passBlank());
    if (this.at >= this.text.length || /[\n;&|<>()]/.test(this.text[this.at] as string)) return;
    const word = this.readWord();
    if (found === '<<<') command.hereStrings.push(word);
    else if (found.startsWith('<<'))
      this.documents.push({ delimiter: word.text, stripsTabs: found === '<<-' });
  }

  private passDocuments(): void {
    for (const { delimiter, stripsTabs } of this.documents.splice(0)) {
      while (this.at < this.text.length) {
        const lineBreak = this.text.indexOf('\n', this.at);
        const end = lineBreak < 0 ? this.text.length : lineBreak;
        const line = this.text.slice(this.at, end).replace(/\r$/, '');
        this.at = end + 1;
        if ((stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
      }
    }
  }

  private readWord(): ShellWord {
    const word = beginWord(this.at);
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string;
      if (sign === '(' && /^\w+(?:\[[^\]]*\])?\+?=$/.test(word.text) && plainStart(word) === word.text) {
        this.readElements(word);
      } else if (/^[<>]\($/.test(this.text.slice(this.at, this.at + 2)) && this.at === word.start) {
        this.at++;
        this.passBrackets();
        word.computed = true;
      } else if (/[\s;&|<>()]/.test(sign)) break;
      else this.readPart(word, sign);
    }
    word.end = this.at;
    return word;
  }

  private readPart(word: ShellWord, sign: string): void {
    const start = this.at;
    if (sign === "'") this.readSingle(word);
    else if (sign === '"') this.readDouble(word);
    else if (this.text.startsWith("$'", start)) this.readAnsi(word);
    else if (this.text.startsWith('$"', start)) this.at++;
    else if (this.passExpansion(false)) word.computed = true;
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
    this.at++;
  }

  private readDouble(word: ShellWord): void {
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"';) {
      const start = this.at;
      if (this.passExpansion(true)) word.computed = true;
      else if (/^\\(?:[$`"\\\n]|\r\n)/.test(this.text.slice(start, start + 3))) this.readEscape(word);
      else addCharacter(word, this.text[start] as string, { start, end: ++this.at, quoted: true });
    }
    this.at++;
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
    this.at++;
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
  private passExpansion(isInQuotes: boolean): boolean {
    if (this.passForgeExpression()) return true;
    const rest = this.text.slice(this.at, this.at + 3);
    if (rest.startsWith('`')) {
      for (this.at++; this.at < this.text.length && this.text[this.at] !== '`'; this.at++) {
        if (this.text[this.at] === '\\') this.at++;
      }
      this.at++;
    } else if (rest === '$((') {
      this.at++;
      this.passBrackets();
    } else if (rest.startsWith('$(')) {
      this.at += 2;
      this.readCommands({ isNested: true });
      this.at++;
    } else if (rest.startsWith('${')) {
      this.at += 2;
      this.passBraces(isInQuotes);
    } else if (/^\$[\w@*#?$!-]/.test(rest)) {
      this.at += 2;
      while (/\w/.test(this.text[this.at] ?? '')) this.at++;
    } else return false;
    return true;
  }

  private passBraces(isInQuotes: boolean): void {
    const passed = beginWord(this.at);
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const sign = this.text[this.at] as string;
      if (sign === "'" && isInQuotes) this.at++;
      else this.readPart(passed, sign);
    }
    this.at++;
  }

  /** Passes over brackets and what they hold, as in `((i << 2))`. */
  private passBrackets(): void {
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
