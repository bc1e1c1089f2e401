import { CouldNotTell } from '../errors.ts';
import { mapBounded } from '../concurrency.ts';
import { countOf } from '../count.ts';
import type { HttpAnswer } from '../http.ts';
import type { Shape } from '../shape.ts';
import type { Api, ApiCall } from './api.ts';

const sideBySide = 4;

export interface PageCall<T> extends ApiCall {
  /** Rows asked for per page; a server may give fewer. */
  size: number;
  /** `per_page` on GitHub, `limit` on Gitea. */
  sizeName: string;
  rows: (body: Shape) => Shape[];
  total: (body: Shape, answer: HttpAnswer) => number | null;
  row: (row: Shape) => T;
  key: (item: T) => string | number;
  /** More pages than this are not read: could not tell. */
  mostPages: number;
}

/**
 * Every row of a paged list, each once. A list that shows fewer rows than it counts, or that has no end
 * within `mostPages`, throws CouldNotTell: what was cut off might be what decides.
 */
export async function readPages<T>(api: Api, call: PageCall<T>): Promise<T[]> {
  return readFrom(api, call, await api.call(pageCall(call, 1)));
}

/** As `readPages`, but null where `absent` says so of the first answer. */
export async function findPages<T>(
  api: Api,
  call: PageCall<T>,
  absent: (answer: HttpAnswer) => boolean,
): Promise<T[] | null> {
  const first = await api.call(pageCall(call, 1));
  return absent(first) ? null : readFrom(api, call, first);
}

async function readFrom<T>(api: Api, call: PageCall<T>, first: HttpAnswer): Promise<T[]> {
  if (first.status < 200 || first.status > 299) throw api.refuse(first, call.purpose);
  const start = api.decode(first, call.purpose, (body, answer) => ({
    rows: call.rows(body).map(call.row),
    total: call.total(body, answer),
  }));
  const found = new Map(start.rows.map((item) => [call.key(item), item]));
  const total = isBelow(start.total, start.rows.length, first) ? null : start.total;
  if (total === null) await readUntilEmpty(api, call, found, start.rows.length);
  else if (total > found.size && start.rows.length > 0) {
    const pages = Math.ceil(total / start.rows.length);
    assertPages(call, pages);
    const numbers = Array.from({ length: pages - 1 }, (_, index) => index + 2);
    for (const items of await mapBounded(numbers, sideBySide, (page) => readPage(api, call, page))) {
      for (const item of items) found.set(call.key(item), item);
    }
  }
  if (total !== null && found.size < total) {
    throw new CouldNotTell(
      `Cannot ${call.purpose}: GET ${call.path} counts ${countOf(total, 'row')} but shows ${found.size}; run again, and check the server if it stays so`,
    );
  }
  return [...found.values()];
}

/** Does the count say less than the page itself shows, by its rows or by a link to the next page? */
function isBelow(total: number | null, shown: number, answer: HttpAnswer): boolean {
  if (total === null || total > shown) return false;
  return total < shown || /;\s*rel="?next\b/i.test(answer.headers.get('link') ?? '');
}

async function readUntilEmpty<T>(
  api: Api,
  call: PageCall<T>,
  found: Map<string | number, T>,
  first: number,
): Promise<void> {
  for (let page = 2, last = first; last > 0; page++) {
    assertPages(call, page);
    const before = found.size;
    const items = await readPage(api, call, page);
    for (const item of items) found.set(call.key(item), item);
    last = items.length;
    if (last > 0 && found.size === before) {
      throw new CouldNotTell(
        `Cannot ${call.purpose}: GET ${call.path} shows page ${page - 1} again as page ${page}; check what stands between here and the server`,
      );
    }
  }
}

function readPage<T>(api: Api, call: PageCall<T>, page: number): Promise<T[]> {
  return api.read(pageCall(call, page), (body) => call.rows(body).map(call.row));
}

/** Asked without `page`, Gitea answers some lists whole (statuses, seen on 1.22.6), whatever the size asked for. */
function pageCall<T>(call: PageCall<T>, page: number): ApiCall {
  const { purpose, path } = call;
  return { purpose, path, query: { ...call.query, [call.sizeName]: call.size, page } };
}

function assertPages<T>(call: PageCall<T>, pages: number): void {
  if (pages <= call.mostPages) return;
  throw new CouldNotTell(
    `Cannot ${call.purpose}: GET ${call.path} has more than ${call.mostPages} pages; the server may ignore the filter: narrow the question`,
  );
}

/** `X-Total-Count`, which Gitea sends for whole lists; null where it is missing. */
export function readTotalHeader(answer: HttpAnswer): number | null {
  const text = answer.headers.get('x-total-count')?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
