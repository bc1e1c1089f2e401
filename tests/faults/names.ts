// Worlds of one path differ in their SHAs and ports: what they say is compared by the world's own names for them.
import type { World } from './paths/world.ts';

/** The outputs with the world's names in place of its SHAs and servers. */
export function nameAll(outputs: Record<string, string>, { hub, urls }: World): Record<string, string> {
  const named = (text: string): string =>
    Object.entries(urls).reduce(
      (words, [name, url]) => words.replaceAll(url.replace(/^.*:\/\//, ''), name),
      text.replace(/[0-9a-f]{7,64}/g, (sha) => hub.names.get(sha) ?? sha),
    );
  return Object.fromEntries(Object.entries(outputs).map(([name, text]) => [name, named(text)]));
}

/** The items of a list that another does not hold, each as often as it has them more. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
