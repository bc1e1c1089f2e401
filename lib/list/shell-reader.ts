import type { ShellWord } from './shell-word.ts';
import { WordReader } from './word-reader.ts';

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
  return new CommandReader(text).readCommands();
}

class CommandReader extends WordReader {
  private readonly documents: HereDocument[] = [];

  /** Reads to the end; nested, to the bracket that closes what was open before. */
  override readCommands({ isNested = false } = {}): ShellCommand[] {
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
}
