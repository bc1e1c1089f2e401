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
  for (const { name, from, count } of listCalls(expression)) {
    const known = name.toLowerCase();
    const least = leastArguments[known] ?? 0;
    if (count < least)
      return `\`${name}()\` in it needs ${least === 1 ? 'an argument' : `${least} arguments`}`;
    const form = known === 'format' ? readText(expression, from) : undefined;
    if (form !== undefined && strayBrace.test(form))
      return `a "}" in the text of \`${name}()\` in it stands alone`;
    const problem = judge(known);
    if (problem) return problem;
  }
  return null;
}

function readText(expression: string, from: number): string | undefined {
  const text = /\s*'((?:[^']|'')*)'/y;
  text.lastIndex = from;
  return text.exec(expression)?.[1];
}

/** A `}` that closes nothing and is not doubled, with something behind it. */
const strayBrace = /^(?:[^{}]|\{[^{}]*[{}]|\}\})*\}[^}]/;

/** A call of a function, with the place behind its `(` and the count of its arguments. */
interface FunctionCall {
  name: string;
  from: number;
  count: number;
}

/** The calls that are closed, in order; what is in quotes is none. */
function listCalls(expression: string): FunctionCall[] {
  const code = expression.replace(/'(?:[^']|'')*'/g, (text) => `'${'_'.repeat(text.length - 2)}'`);
  const names = new Map(
    Array.from(code.matchAll(/(?<![\w.-])([a-z]+)\s*\(/gi), ({ 0: whole, 1: name, index }) => [
      index + whole.length,
      name ?? '',
    ]),
  );
  const found: FunctionCall[] = [];
  const open: (FunctionCall & { sign: string })[] = [];
  for (const { 0: sign, index } of code.matchAll(/\S/g)) {
    const inner = open.at(-1);
    const from = index + 1;
    if (sign === (inner?.sign === '(' ? ')' : ']')) {
      open.pop();
      if (inner && names.has(inner.from)) found.push(inner);
      continue;
    }
    if (inner) inner.count = sign === ',' ? inner.count + 1 : Math.max(inner.count, 1);
    if (sign === '(' || sign === '[') open.push({ name: names.get(from) ?? '', from, count: 0, sign });
  }
  return found.sort((one, other) => one.from - other.from);
}
