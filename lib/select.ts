import { UsageError } from './errors.ts';

/** A step of a path: a key, one item, or each of a list. */
export type Step = { key: string } | { index: number } | 'each';

/**
 * The values that a path such as `workspace_templates[].repo` names in JSON. Keys stand between dots, `[]` goes
 * through a list, `[0]` takes one item, `["a.b"]` is a key that holds a dot. Throws UsageError naming the place.
 */
function selectValues(root: unknown, path: string, source: string): { place: string; value: unknown }[] {
  let found = [{ place: '', value: root }];
  for (const step of parsePath(path, source)) {
    found = found.flatMap(({ place, value }) => takeStep(value, step, place, { path, source }));
  }
  return found;
}

/** As `selectValues`, but every value must be a string with something in it. Throws UsageError. */
export function selectStrings(root: unknown, path: string, source: string): string[] {
  return selectValues(root, path, source).map(({ place, value }) => {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    const found = typeof value === 'string' ? 'empty' : `${describeKind(value)}, not a string`;
    const mend = Array.isArray(value)
      ? `give "${path}[]" to go through it`
      : 'give a path that ends at strings';
    throw new UsageError(
      `Cannot select "${path}" from ${source}: ${place || 'the whole'} is ${found}; ${mend}`,
    );
  });
}

/** The steps of a path. Throws UsageError where it is none. */
export function parsePath(path: string, source: string): Step[] {
  const steps: Step[] = [];
  const text = path.trim().replace(/^\$?(?=[.[])|^\$$/, '');
  const pattern = /\.?([^.[\]"\s](?:[^.[\]"]*[^.[\]"\s])?)|\.?\[(\d*)\]|\.?\["((?:[^"\\]|\\.)*)"\]/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const quoted = readQuoted(match?.[3]);
    if (match === null || quoted === null) {
      throw new UsageError(
        `Cannot select "${path}" from ${source}: it is no path; give one as workspace_templates[].repo`,
      );
    }
    const [, key, index] = match;
    if (key !== undefined) steps.push({ key });
    else if (quoted !== undefined) steps.push({ key: quoted });
    else steps.push(index === '' ? 'each' : { index: Number(index) });
  }
  return steps;
}

/** A key as JSON writes it, its quotes taken off; null where it is not JSON. */
function readQuoted(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return null;
  }
}

function takeStep(
  value: unknown,
  step: Step,
  place: string,
  { path, source }: { path: string; source: string },
): { place: string; value: unknown }[] {
  const refuse = (found: string): UsageError =>
    new UsageError(
      `Cannot select "${path}" from ${source}: ${place || 'the whole'} ${found}; check the path against the file`,
    );
  if (step === 'each') {
    if (!Array.isArray(value)) throw refuse(`is ${describeKind(value)}, not a list`);
    return value.map((item: unknown, index) => ({ place: `${place}[${index}]`, value: item }));
  }
  if ('index' in step) {
    if (!Array.isArray(value)) throw refuse(`is ${describeKind(value)}, not a list`);
    if (step.index >= value.length) throw refuse(`has no item ${step.index}`);
    return [{ place: `${place}[${step.index}]`, value: value[step.index] }];
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw refuse(`is ${describeKind(value)}, not an object`);
  }
  if (!Object.hasOwn(value, step.key)) throw refuse(`has no "${step.key}"`);
  const next = (value as Record<string, unknown>)[step.key];
  return [{ place: place === '' ? step.key : `${place}.${step.key}`, value: next }];
}

function describeKind(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
