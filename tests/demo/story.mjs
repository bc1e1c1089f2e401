// How the demo tells its story: headings, narration, commands, what they printed, and marks for right and wrong.

const WIDTH = 94;
const SEVERITY = /^(error|warning|notice): /;

/** @typedef {'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'} Style */
/** @type {Record<Style, number>} */
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

export class Story {
  /** @param {{ write: (text: string) => void, colour: boolean }} options */
  constructor({ write, colour }) {
    this.write = write;
    this.colour = colour;
  }

  /** @param {Style} style @param {string} text */
  paint(style, text) {
    return this.colour ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text;
  }

  /** @param {string} [text] */
  line(text = '') {
    this.write(`${text}\n`);
  }

  /** @param {number} number @param {string} title */
  heading(number, title) {
    const text = `── ${number}. ${title} `;
    this.line();
    this.line(this.paint('bold', text.padEnd(WIDTH, '─')));
  }

  /** @param {string} text */
  say(text) {
    this.line();
    for (const row of wrap(text, WIDTH - 2)) this.line(`  ${row}`);
  }

  /** @param {string[]} words a command as a user would type it */
  command(words) {
    this.typed(wrapWords(pairs(words.map(quote)), WIDTH - 6));
  }

  /** @param {string} text a line for a shell, broken where a list of commands may be */
  shell(text) {
    const rows = text.split(' && ').reduce((/** @type {string[]} */ done, part) => {
      const last = done[done.length - 1];
      const joined = `${last} && ${part}`;
      return last !== undefined && joined.length <= WIDTH - 8
        ? [...done.slice(0, -1), joined]
        : [...done.slice(0, -1), ...(last === undefined ? [] : [`${last} &&`]), part];
    }, []);
    this.line();
    rows.forEach((row, index) =>
      this.line(`  ${this.paint('cyan', `${index === 0 ? '$ ' : '    '}${row}`)}`),
    );
  }

  /** @param {string[]} rows */
  typed(rows) {
    this.line();
    rows.forEach((row, index) => {
      const end = index < rows.length - 1 ? ' \\' : '';
      this.line(`  ${this.paint('cyan', `${index === 0 ? '$ ' : '    '}${row}${end}`)}`);
    });
  }

  /** @param {string} text */
  output(text) {
    for (const line of text.split('\n')) {
      const rows = wrap(line, WIDTH - 8);
      rows.forEach((row, index) => this.line(`  ${this.paint('dim', '│')} ${index > 0 ? '  ' : ''}${row}`));
    }
  }

  /** What a script printed: a problem that the log repeats is shown once. @param {{ stdout: string, stderr: string }} printed */
  printed({ stdout, stderr }) {
    const [log, told] = [linesOf(stdout), linesOf(stderr)];
    const shown = told.filter(
      (line) =>
        !SEVERITY.test(line) ||
        ![...log, ...told].some((other) => other !== line && other.includes(line.replace(SEVERITY, ''))),
    );
    const isProblem = (/** @type {string} */ line) => SEVERITY.test(line);
    const all = [...shown.filter(isProblem), ...log, ...shown.filter((line) => !isProblem(line))];
    if (all.length > 0) this.output(all.map((line) => line.trimEnd()).join('\n'));
  }

  /** @param {string} text what the shell script that this replaces would have done */
  bash(text) {
    const [first = '', ...more] = wrap(text, WIDTH - 8);
    this.line();
    this.line(`  ${this.paint('yellow', 'bash:')} ${first}`);
    for (const row of more) this.line(`        ${row}`);
  }

  /** @param {boolean} right @param {string} text */
  mark(right, text) {
    const [first = '', ...more] = wrap(text, WIDTH - 4);
    this.line(`  ${right ? this.paint('green', '✓') : this.paint('red', '✗')} ${first}`);
    for (const row of more) this.line(`    ${row}`);
  }
}

/** @param {string} text */
function linesOf(text) {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** @param {string} word */
function quote(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** An option stays with its value. @param {string[]} words @returns {string[]} */
function pairs(words) {
  return words.reduce((/** @type {string[]} */ done, word) => {
    const last = done[done.length - 1] ?? '';
    return /^--[\w-]+$/.test(last) && !word.startsWith('-')
      ? [...done.slice(0, -1), `${last} ${word}`]
      : [...done, word];
  }, []);
}

/** @param {string} text @param {number} width */
function wrap(text, width) {
  if (text.length <= width) return [text];
  return wrapWords(text.split(' '), width);
}

/** @param {string[]} words @param {number} width @returns {string[]} */
function wrapWords(words, width) {
  /** @type {string[]} */
  const rows = [];
  let row = '';
  for (const word of words) {
    if (row !== '' && row.length + 1 + word.length > width) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
}
