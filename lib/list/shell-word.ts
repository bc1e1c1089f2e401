/** A word of a shell text, its quotes taken off. */
export interface ShellWord {
  start: number;
  end: number;
  text: string;
  /** Of each character of `text`, the span that it stands in, escapes included. */
  starts: number[];
  ends: number[];
  /** Is a character quoted or escaped? */
  quoted: boolean[];
  /** It holds an expansion, so that it is known only when it runs. */
  computed: boolean;
  /** The elements of `NAME=(…)`, and where its bracket opens. */
  elements: ShellWord[] | null;
  opening: number;
}

/** A word without a character yet. */
export function beginWord(start: number): ShellWord {
  return {
    start,
    end: start,
    text: '',
    starts: [],
    ends: [],
    quoted: [],
    computed: false,
    elements: null,
    opening: -1,
  };
}

/** Adds the character that stands in a span. */
export function addCharacter(
  word: ShellWord,
  text: string,
  { start, end, quoted }: { start: number; end: number; quoted: boolean },
): void {
  word.text += text;
  word.starts.push(start);
  word.ends.push(end);
  word.quoted.push(quoted);
}

/** The text of a word as far as none of it is quoted. */
export function plainStart({ text, quoted }: ShellWord): string {
  const end = quoted.indexOf(true);
  return end < 0 ? text : text.slice(0, end);
}

/** Would the shell put file names or several words in the place of this word? */
export function isPattern({ text, quoted }: ShellWord): boolean {
  const bare = Array.from(quoted, (is, at) => (is ? '_' : text[at])).join('');
  return /[*?[]|\{[^}]*(?:,|\.\.)[^}]*\}|^~/.test(bare);
}
