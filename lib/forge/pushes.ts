import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { isFullSha } from '../sha.ts';
import { readJson, ShapeError, type Shape } from '../shape.ts';
import { repoPath, type Forge, type Push } from './forge.ts';

const mostPages = 20;

interface Reading {
  purpose: string;
  ref: string | null;
  enough: (pushes: readonly Push[]) => boolean;
  pages: number;
}

/**
 * The server's record of pushes to a ref (to any, where none is named), newest first, read until `enough`, and no
 * further than `pages`.
 * Throws CouldNotTell naming the permission where it may not be read.
 * GitHub: GET /repos/{o}/{r}/activity; Gitea 1.22.6: GET /repos/{o}/{r}/activities/feeds.
 */
export async function fetchPushes(
  forge: Forge,
  ref: string | null,
  enough: (pushes: readonly Push[]) => boolean,
  pages = mostPages,
): Promise<{ pushes: Push[]; complete: boolean }> {
  const reading = { purpose: purposeOf(forge, ref), ref, enough, pages };
  return forge.kind === 'github' ? fetchActivity(forge, reading) : fetchFeed(forge, reading);
}

async function fetchActivity(
  forge: Forge,
  { purpose, ref, enough, pages }: Reading,
): Promise<{ pushes: Push[]; complete: boolean }> {
  const pushes: Push[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= pages; page++) {
    const query: Record<string, string | number> = { per_page: 100 };
    if (ref !== null) query['ref'] = ref;
    if (cursor !== null) query['after'] = cursor;
    const answer = await forge.api.call({ purpose, path: `${repoPath(forge.repo)}/activity`, query });
    if (answer.status !== 200) throw refuse(forge, answer, purpose, 'contents: read');
    const rows = forge.api.decode(answer, purpose, (body) =>
      body.list().flatMap((row) => readActivity(row) ?? []),
    );
    pushes.push(...rows.filter((push) => ref === null || push.ref === ref));
    if (enough(pushes)) return { pushes, complete: false };
    const next = readCursor(answer);
    if (next === null) return { pushes, complete: true };
    if (next === cursor)
      throw new CouldNotTell(`Cannot ${purpose}: its next page is the same page; run again, or give --base`);
    cursor = next;
  }
  return { pushes, complete: false };
}

function readActivity(row: Shape): Push | null {
  const kind = row.field('activity_type').text();
  if (kind === 'branch_deletion') return null;
  const before = row.field('before').sha();
  const actor = row.optional('actor')?.optional('login')?.text() ?? 'a deleted account';
  return {
    ref: row.field('ref').text(),
    before: kind === 'branch_creation' || /^0+$/.test(before) ? null : before,
    after: row.field('after').sha(),
    byJobToken: actor === 'github-actions[bot]',
    by: actor,
    ...readTime(row.optional('timestamp')?.text()),
  };
}

function readTime(text: string | undefined): { at?: number } {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? {} : { at };
}

function readCursor(answer: HttpAnswer): string | null {
  for (const part of (answer.headers.get('link') ?? '').split(',')) {
    const match = /<([^>]+)>\s*;.*\brel="?next"?/.exec(part);
    if (match) return new URL(match[1] as string, answer.url).searchParams.get('after');
  }
  return null;
}

async function fetchFeed(
  forge: Forge,
  { purpose, ref, enough, pages }: Reading,
): Promise<{ pushes: Push[]; complete: boolean }> {
  const entries = new Map<number, FeedEntry>();
  for (let page = 1; page <= pages; page++) {
    const paging = page === 1 ? {} : { page };
    const answer = await forge.api.call({
      purpose,
      path: `${repoPath(forge.repo)}/activities/feeds`,
      query: { limit: 50, ...paging },
    });
    if (answer.status !== 200) throw refuse(forge, answer, purpose, 'read:repository');
    const rows = forge.api.decode(answer, purpose, (body) =>
      body.list().map((row, index) => readEntry(row, -(page * 1000 + index))),
    );
    for (const entry of rows)
      if (entry.isPush && (ref === null || entry.ref === ref)) entries.set(entry.id, entry);
    const pushes = pushesOf([...entries.values()]);
    const last = rows.at(-1);
    if (last === undefined) return { pushes, complete: true };
    // The entry that says a push made its branch may stand on the next page.
    const isCut = last.isPush && enough(pushesOf([last]));
    if (enough(pushes) && !isCut) return { pushes, complete: false };
  }
  return { pushes: pushesOf([...entries.values()]), complete: false };
}

interface FeedEntry {
  id: number;
  isPush: boolean;
  ref: string;
  actorId: number;
  actor: string;
  time: { at?: number };
  /** Null for the entry that only says a branch was made. */
  range: { before: string | null; after: string } | null;
}

function readEntry(row: Shape, place: number): FeedEntry {
  const kind = row.field('op_type').text();
  const isPush = kind === 'commit_repo' || kind === 'push_tag';
  return {
    id: row.optional('id')?.count() ?? place,
    isPush,
    ref: isPush ? row.field('ref_name').text() : '',
    actorId: row.field('act_user_id').integer(),
    actor: row.optional('act_user')?.optional('login')?.text() ?? 'a deleted account',
    time: readTime(row.optional('created')?.text()),
    range: isPush ? readRange(row.field('content').text(), kind === 'push_tag') : null,
  };
}

/**
 * The range of a push. The first push of a repository compares with nothing, so its `CompareURL` is empty; that of a tag
 * ends at the tag's own object where it has a message. Also a tag that moves is new to Gitea (seen).
 */
function readRange(content: string, isTag: boolean): FeedEntry['range'] {
  if (content === '') return null;
  const push = readJson(content, '"content" of a push');
  const url = push.field('CompareURL').text();
  if (url === '' || isTag) return { before: null, after: push.field('HeadCommit').field('Sha1').sha() };
  const match = /\/compare\/(.+?)\.\.\.([0-9a-f]{40}|[0-9a-f]{64})$/.exec(url);
  if (!match) throw new ShapeError('"CompareURL" of a push is not BEFORE...AFTER');
  const before = match[1] as string;
  return { before: isFullSha(before) ? before : null, after: match[2] as string };
}

/**
 * Entries come newest first by their second only, so ties are ordered by id. A branch that a push makes has
 * an entry without content just before the one with its range.
 */
function pushesOf(entries: readonly FeedEntry[]): Push[] {
  const ordered = [...entries].sort((a, b) => a.id - b.id);
  const made = new Set<string>();
  const pushes: Push[] = [];
  for (const entry of ordered) {
    if (entry.range === null) {
      made.add(entry.ref);
      continue;
    }
    const isNew = made.delete(entry.ref);
    pushes.push({
      ref: entry.ref,
      before: isNew ? null : entry.range.before,
      after: entry.range.after,
      byJobToken: entry.actorId === -2,
      by: entry.actorId === -2 ? "a job's own token" : entry.actor,
      ...entry.time,
    });
  }
  return pushes.reverse();
}

function purposeOf(forge: Forge, ref: string | null): string {
  return `read the record of pushes${ref === null ? '' : ` to ${ref}`} of ${forge.repo}`;
}

function refuse(forge: Forge, answer: HttpAnswer, purpose: string, permission: string): CouldNotTell {
  const { message } = forge.api.refuse(answer, purpose);
  return new CouldNotTell(
    `${message} (it needs the permission ${permission}), or give the range's start with --base SHA`,
  );
}
