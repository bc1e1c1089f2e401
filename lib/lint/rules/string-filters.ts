import { dropRule } from '../drop-rule.ts';

export const stringFilters = dropRule({
  id: 'string-filters',
  demand: 'Filters are lists of texts.',
  why: 'Gitea 1.22 refuses numbers and booleans among the patterns, and a filter that is one of them; 1.23 refuses every filter that is no list.',
  mend: 'write a list of quoted texts',
  edit: ({ node, path }, { file }) => {
    const source = file.text.slice(node.start, node.end);
    if (node.kind !== 'scalar' || node.anchor !== '' || node.tag !== '' || /[\r\n]/.test(source))
      return undefined;
    const text = node.style === 'plain' ? `'${source.replaceAll("'", "''")}'` : source;
    return { start: node.start, end: node.end, text: path.endsWith(']') ? text : `[${text}]` };
  },
});
