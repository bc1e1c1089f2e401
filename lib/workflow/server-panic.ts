import { splitExpressions } from './expression.ts';

/**
 * What in a text makes the server fall over when it fills its expressions in (act's `exprparser`, Gitea 1.22 to 1.25),
 * as it does before any job has run; null where nothing does.
 */
export function findPanic(text: string): string | null {
  const pieces = splitExpressions(text);
  if (!pieces) return 'a quote or "${{" in it is not closed';
  for (const { kind, text: code } of pieces) {
    const call = kind === 'expression' ? findBadCall(code.replace(/'(?:[^']|'')*'/g, "''")) : null;
    if (call) return call;
  }
  return null;
}

/** How many arguments a function is asked for, whether they are there or not. */
const leastArguments: Readonly<Record<string, number>> = {
  contains: 2,
  startswith: 2,
  endswith: 2,
  format: 1,
  join: 1,
  tojson: 1,
  fromjson: 1,
};

function findBadCall(code: string): string | null {
  for (const { 0: start, 1: name = '', index } of code.matchAll(/(?<![\w.-])([a-z]+)\s*\(/gi)) {
    const given = countArguments(code, index + start.length);
    const least = leastArguments[name.toLowerCase()] ?? 0;
    if (given === null) continue;
    if (name.toLowerCase() === 'cancelled') return `\`${name}()\` in it has no answer before a job has run`;
    if (given < least)
      return `\`${name}()\` in it needs ${least === 1 ? 'an argument' : `${least} arguments`}`;
  }
  return null;
}

/** The arguments between a `(` and its `)`; null where it is not closed, so that nothing is called. */
function countArguments(code: string, from: number): number | null {
  let depth = 0;
  let commas = 0;
  for (let at = from; at < code.length; at++) {
    const sign = code[at];
    if (sign === ',' && depth === 0) commas++;
    else if (sign === '(' || sign === '[') depth++;
    else if (sign === ']') depth--;
    else if (sign === ')' && depth-- === 0) return code.slice(from, at).trim() === '' ? 0 : commas + 1;
  }
  return null;
}
