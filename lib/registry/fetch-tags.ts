import type { HttpAnswer } from '../http.ts';
import { readJson, ShapeError } from '../shape.ts';
import type { Registry } from './client.ts';
import { decodeAnswer } from './decode-answer.ts';
import type { ImageName } from './reference.ts';

const mostTagPages = 100;

/**
 * Does the registry let us read this name at all? Only then does "no such tag" mean that there is none. A long list
 * comes in pages; beyond `mostTagPages` it is not read. Throws CouldNotTell.
 */
export async function fetchTagList(registry: Registry, image: ImageName): Promise<string[]> {
  const tags = new Set<string>();
  let path: string | null = 'tags/list';
  for (let page = 1; path !== null && page <= mostTagPages; page++) {
    const call = { purpose: `read the tags of ${image.shown}`, image, path };
    const answer = await registry.send(call);
    if (answer.status !== 200) throw registry.refuse(answer, call);
    const before = tags.size;
    for (const tag of decodeAnswer(answer, call.purpose, () => readTags(answer.bytes, image))) tags.add(tag);
    // Gitea 1.22.6 names a next page behind the last one too (seen).
    path = page > 1 && tags.size === before ? null : findNextTags(answer);
  }
  return [...tags];
}

/** Any other object with 200, such as a proxy's own words, is no list. */
function readTags(bytes: Uint8Array, image: ImageName): string[] {
  const body = readJson(bytes, 'the list');
  const name = body.field('name').text();
  if (!name.endsWith(image.path) && !image.path.endsWith(name))
    throw new ShapeError(`it is the list of "${name}"`);
  const tags = body.field('tags');
  // Null is how a registry lists no tag at all.
  return tags.isNull() ? [] : tags.list().map((tag) => tag.text());
}

/** The next page of this list: of its address only the query is believed. */
function findNextTags({ headers }: HttpAnswer): string | null {
  const query = /<[^<>?]*(\?[^<>]+)>\s*;[^,]*\brel="?next"?/.exec(headers.get('link') ?? '')?.[1];
  return query === undefined ? null : `tags/list${query}`;
}
