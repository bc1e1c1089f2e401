import { UsageError } from './errors.ts';
import type { Call } from './script.ts';

/**
 * The token that a variable holds, without the blanks around it; undefined where there is none. It is hidden in all
 * output from now on. Throws UsageError for what no token is, as one with a line break in it.
 */
export function readSecret(
  { environment, redactor }: Pick<Call<object>, 'environment' | 'redactor'>,
  name: string,
  what = name,
): string | undefined {
  const token = environment.get(name)?.trim();
  redactor.hide(token);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      `Cannot use ${what}: it holds characters that no token has; set it again without line breaks`,
    );
  }
  return token;
}
