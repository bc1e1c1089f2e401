import { dropRule } from '../drop-rule.ts';

export const literalContinueOnError = dropRule({
  id: 'literal-continue-on-error',
  demand: "A step's `continue-on-error` is `true` or `false`.",
  why: "The field is a boolean in the server: an expression, a number and a quoted `'true'` drop the file, on Gitea 1.22 to 1.25.",
  mend: "write true or false, or decide in the step's script",
  edit: ({ node }) =>
    /^(single|double)$/.test(node.style) &&
    /^(true|false)$/.test(node.value) &&
    node.anchor === '' &&
    node.tag === ''
      ? { start: node.start, end: node.end, text: node.value }
      : undefined,
});
