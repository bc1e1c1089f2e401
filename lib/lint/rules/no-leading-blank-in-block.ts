import { dropRule } from '../drop-rule.ts';

export const noLeadingBlankInBlock = dropRule({
  id: 'no-leading-blank-in-block',
  demand: 'A text of several lines in a step does not begin with a blank.',
  why: "Gitea writes each job out again as YAML, and go-yaml v3 announces four columns of indentation where a list has two: what follows is no YAML. 1.22 to 1.25; in a step's `run`, `name`, `if` and `shell`, not in `with:`.",
  mend: 'remove the blank first line, or the blanks before its first word',
  edit: ({ node, path }, { file }) => {
    const source = file.text.slice(node.start, node.end);
    // Only where the text's own first line sets the indentation, and a first line break means nothing.
    const blank = /^([|>][+-]?[^\S\r\n]*(?:#[^\r\n]*)?\r?\n)((?:[^\S\r\n]*\r?\n)+)(?=[^\S\r\n]*\S)/.exec(
      source,
    );
    if (!blank?.[1] || !/\.(run|if)$/.test(path)) return undefined;
    const start = node.start + blank[1].length;
    return { start, end: node.start + blank[0].length, text: '' };
  },
});
