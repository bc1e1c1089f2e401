import { splitExpressions } from './expression.ts';

/**
 * What in a text makes the server fall over when it fills its expressions in (act's `exprparser`, Gitea 1.22 to 1.25),
 * as it does before any job has run; null where nothing does. `hasEndlessNeeds` says whether the
 * needs of its job go round in a circle or lead to no job.
 */
export function findServerPanic(text: string, hasEndlessNeeds: () => boolean = () => false): string | null {
  return findInPieces(text, (name) => {
    if (name === 'cancelled') return `\`${name}()\` in it has no answer before a job has run`;
    if ((name !== 'success' && name !== 'failure') || !hasEndlessNeeds()) return null;
    return `\`${name}()\` in it follows \`needs\`, which go round in a circle or lead to no job`;
  });
}

/**
 * What in a text ends the runner's process when it fills its expressions in: it has the same parser, and no job
 * comes back from it. `isExpression`: the text is one as it stands, as an `if` is.
 */
export function findRunnerPanic(text: string, { isExpression }: { isExpression: boolean }): string | null {
  const none = (): null => null;
  return isExpression && !text.includes('${{') ? findBadCall(text, none) : findInPieces(text, none);
}

function findInPieces(text: string, judge: (name: string) => string | null): string | null {
  const pieces = splitExpressions(text);
  if (!pieces) return 'a quote or "${{" in it is not closed';
  for (const piece of pieces) {
    const problem = piece.kind === 'expression' ? findBadCall(piece.text, judge) : null;
    if (problem) return problem;
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

function findBadCall(expression: string, judge: (name: string) => string | null): string | null {
  // The texts in it are made blank, at the same places.
  const code = expression.replace(/'(?:[^']|'')*'/g, (text) => `'${'_'.repeat(text.length - 2)}'`);
  for (const { 0: start, 1: name = '', index } of code.matchAll(/(?<![\w.-])([a-z]+)\s*\(/gi)) {
    const from = index + start.length;
    const given = countArguments(code, from);
    if (given === null) continue;
    const known = name.toLowerCase();
    const least = leastArguments[known] ?? 0;
    if (given < least)
      return `\`${name}()\` in it needs ${least === 1 ? 'an argument' : `${least} arguments`}`;
    const form = known === 'format' ? /^\s*'((?:[^']|'')*)'/.exec(expression.slice(from))?.[1] : undefined;
    if (form !== undefined && strayBrace.test(form))
      return `a "}" in the text of \`${name}()\` in it stands alone`;
    const problem = judge(known);
    if (problem) return problem;
  }
  return null;
}

/** A `}` that closes nothing and is not doubled, with something behind it. */
const strayBrace = /^(?:[^{}]|\{[^{}]*[{}]|\}\})*\}[^}]/;

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
