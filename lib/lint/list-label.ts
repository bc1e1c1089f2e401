/** No label is as long; what is, is not looked into. */
const longest = 5000;

/**
 * Whether an expression may give a list or a mapping that `fromJSON` makes. What is looked up in one, or handed to
 * `contains` and `join`, is a text again; so is what `fromJSON` makes of a text that has no brackets.
 */
export function mayGiveList(expression: string): boolean {
  const code = expression.replace(/'(?:[^']|'')*'/g, (text) => `'${'_'.repeat(text.length - 2)}'`);
  for (const { 0: call, index } of code.matchAll(/(?<![\w.-])fromJSON\s*\(/gi)) {
    if (expression.length > longest) return true;
    if (/(?<![\w.-])(contains|join)\s*\(\s*$/i.test(code.slice(0, index))) continue;
    const from = index + call.length;
    const end = findClosing(code, from);
    const isLookedUp = /^\s*[.[]/.test(code.slice(end + 1));
    const literal = /^\s*'((?:[^']|'')*)'\s*$/.exec(expression.slice(from, end))?.[1];
    if (literal === undefined ? !isLookedUp : isListed(literal.replaceAll("''", "'"), isLookedUp))
      return true;
  }
  return false;
}

function findClosing(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if (code[at] === '(') depth++;
    else if (code[at] === ')' && depth-- === 0) return at;
  }
  return code.length;
}

function isListed(json: string, isLookedUp: boolean): boolean {
  try {
    const value = JSON.parse(json) as unknown;
    if (!isLookedUp || !isCollection(value)) return isCollection(value);
    return Object.values(value).some(isCollection);
  } catch {
    return true;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
