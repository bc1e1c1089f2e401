import type { Option, OptionTable } from './options.ts';
import type { Command, Script } from './script.ts';

const width = 96;
const commonExits: Record<number, string> = {
  0: 'go, done, or nothing to do',
  1: 'refused',
  2: 'the call is wrong: arguments or environment',
  3: 'could not tell: a server or file could not be read',
};

/** The whole text of `--help`; the README's block is this text. */
export function renderHelp(
  script: Script,
  version: string,
  shared: (command: Command) => OptionTable,
): string {
  const lines = [`${script.name} ${version}`, '', ...wrap(script.summary, 0), '', 'Usage:'];
  for (const command of script.commands) lines.push(`  ${usageLine(script, command)}`);
  for (const command of script.commands) {
    if (command.name !== '') lines.push('', ...wrap(`${command.name}: ${command.summary ?? ''}`, 0));
    else lines.push('');
    lines.push(command.name === '' ? 'Options:' : `Options of ${command.name}:`);
    for (const [name, option] of Object.entries(command.options)) lines.push(...optionLines(name, option));
  }
  lines.push('', 'Options of every call:');
  const everywhere = Object.assign({}, ...script.commands.map(shared)) as OptionTable;
  for (const [name, option] of Object.entries(everywhere)) lines.push(...optionLines(name, option));
  lines.push(
    ...entry('--help', 'print this text'),
    ...entry('--version', `print "${script.name} ${version}"`),
  );
  lines.push('', 'Outputs ($GITHUB_OUTPUT):');
  for (const [name, meaning] of Object.entries(script.outputs)) lines.push(...entry(name, meaning));
  lines.push('', 'Exit codes:');
  for (const [code, meaning] of Object.entries({ ...commonExits, ...script.exits })) {
    lines.push(
      ...wrap(meaning, 5).map((line, index) => (index === 0 ? `  ${code.padEnd(3)}${line.trim()}` : line)),
    );
  }
  return `${lines.join('\n')}\n`;
}

function usageLine(script: Script, command: Command): string {
  const required = Object.entries(command.options)
    .filter(([, option]) => option.required)
    .map(([name, option]) => `--${name} ${option.value}${option.repeatable ? ` [--${name} …]` : ''}`);
  const parts = [
    `node vendor/${script.name}.mjs`,
    command.name,
    command.positionals ?? '',
    ...required,
    '[options]',
  ];
  return parts.filter(Boolean).join(' ');
}

function optionLines(name: string, option: Option<unknown>): string[] {
  const head = option.negated
    ? `--no-${name}`
    : `--${name}${option.value === null ? '' : ` ${option.value}`}`;
  const notes = [
    option.required ? 'required' : '',
    option.repeatable ? 'repeatable' : '',
    option.variables.length > 0 ? option.variables.join(', ') : '',
    option.shown !== null ? `default: ${option.shown}` : '',
  ].filter(Boolean);
  return entry(head, notes.length > 0 ? `${option.help} [${notes.join('; ')}]` : option.help);
}

function entry(head: string, text: string): string[] {
  const lines = wrap(text, 26);
  if (head.length > 22) return [`  ${head}`, ...lines];
  return [`  ${head.padEnd(24)}${(lines[0] ?? '').trim()}`, ...lines.slice(1)];
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ' '.repeat(indent) + line];
}
