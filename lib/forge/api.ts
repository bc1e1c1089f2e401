import type { Context } from '../context.ts';
import type { ForgeKind } from '../find-api.ts';
import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { findWords, quoteWords } from '../http-words.ts';
import { Shape, ShapeError } from '../shape.ts';
import { decodeUtf8 } from '../utf8.ts';
import { findMend } from './mend.ts';

export interface ApiCall {
  /** What it is for, as `read the run list of o/r`: the object of `Cannot …`. */
  purpose: string;
  method?: HttpCall['method'];
  /** Below the API URL, with a slash in front; segments already encoded. */
  path: string;
  query?: Record<string, string | number>;
  body?: unknown;
  attempts?: number;
  /** Instead of the context's token. */
  token?: string;
  accept?: string;
  reads?: boolean;
  /** Statuses of the retried kind that are final here. */
  isFinal?: (status: number, body: string) => boolean;
}

/** The forge's API: authenticated calls whose failures say what was asked, what came back and what mends it. */
export interface Api {
  readonly kind: ForgeKind;
  readonly url: string;
  readonly hasToken: boolean;
  /** The answer as it came, whatever its status. Throws HttpFault where none came. */
  call(call: ApiCall): Promise<HttpAnswer>;
  /** A 2xx answer read by `map`; anything else throws CouldNotTell. */
  read<T>(call: ApiCall, map: (body: Shape, answer: HttpAnswer) => T): Promise<T>;
  /** As `read`, but null where the server says in JSON that the thing is not there. */
  find<T>(call: ApiCall, map: (body: Shape, answer: HttpAnswer) => T): Promise<T | null>;
  /** Reads a body by `map`; what does not fit throws CouldNotTell. */
  decode<T>(answer: HttpAnswer, purpose: string, map: (body: Shape, answer: HttpAnswer) => T): T;
  /** The error for an answer that is no use: its words and the mend. */
  refuse(answer: HttpAnswer, purpose: string): CouldNotTell;
}

/** Makes the client of one forge from its context. */
export function createApi(context: Context): Api {
  const { http, kind, apiUrl } = context;
  const api: Api = {
    kind,
    url: apiUrl,
    hasToken: context.token !== undefined,
    call: (call) => http.send(toHttpCall(call, context, apiUrl)),
    async read(call, map) {
      const answer = await api.call(call);
      if (answer.status < 200 || answer.status > 299) throw api.refuse(answer, call.purpose);
      return api.decode(answer, call.purpose, map);
    },
    async find(call, map) {
      const answer = await api.call(call);
      if (isMissing(answer)) return null;
      if (answer.status < 200 || answer.status > 299) throw api.refuse(answer, call.purpose);
      return api.decode(answer, call.purpose, map);
    },
    decode: (answer, purpose, map) => decodeAnswer(kind, answer, purpose, map),
    refuse(answer, purpose) {
      const mend = findMend(kind, answer, api.hasToken);
      return new CouldNotTell(`Cannot ${purpose}: ${http.describe(answer)}; ${mend}`);
    },
  };
  return api;
}

/** Does the server say, in JSON, that the thing is not there? A plain-text 404 is an API it lacks. */
export function isMissing(answer: HttpAnswer): boolean {
  return answer.status === 404 && isJson(answer);
}

/** Is this an API that the server's version does not have (Gitea answers `404 page not found` as plain text)? */
export function isAbsentApi(answer: HttpAnswer): boolean {
  return (
    (answer.status === 404 && !isJson(answer) && /^404 page not found\s*$/.test(answer.text)) ||
    answer.status === 405
  );
}

function isJson(answer: HttpAnswer): boolean {
  const type = answer.headers.get('content-type');
  if (type !== null && !/\bjson\b/i.test(type)) return false;
  return type === null ? /^\s*(\{|null\s*$)/.test(answer.text) : /^\s*[[{n"]/.test(answer.text);
}

function toHttpCall(call: ApiCall, context: Context, apiUrl: string): HttpCall {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) query.set(name, String(value));
  const text = query.toString();
  const token = call.token ?? context.token;
  const headers: Record<string, string> =
    context.kind === 'github'
      ? { accept: call.accept ?? 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }
      : { accept: call.accept ?? 'application/json' };
  // Gitea 1.22 reads only the lower-case word `token`; GitHub takes both forms.
  if (token !== undefined)
    headers['authorization'] = context.kind === 'github' ? `Bearer ${token}` : `token ${token}`;
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  return {
    purpose: call.purpose,
    method: call.method ?? 'GET',
    url: `${apiUrl}${call.path}${text === '' ? '' : `?${text}`}`,
    headers,
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.attempts === undefined ? {} : { attempts: call.attempts }),
    ...(call.reads === undefined ? {} : { reads: call.reads }),
    isFinal: (status, body) => isUnknownObject(status, body) || (call.isFinal?.(status, body) ?? false),
  };
}

/** Gitea 1.22.6's 500 for a commit that it does not have: an answer, not a fault. */
export function isUnknownObject(status: number, body: string): boolean {
  return status === 500 && /object does not exist/.test(body);
}

function decodeAnswer<T>(
  kind: ForgeKind,
  answer: HttpAnswer,
  purpose: string,
  map: (body: Shape, answer: HttpAnswer) => T,
): T {
  const refuse = (found: string): CouldNotTell =>
    new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status} with ${found}; check that the API URL is that of a ${kind} server, then run again`,
    );
  const text = decodeUtf8(answer.bytes);
  if (text === null) throw refuse('text that is not UTF-8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const words = findWords(text);
    throw refuse(
      words.startsWith('an HTML page') ? 'an HTML page where JSON was due' : 'what is not whole JSON',
    );
  }
  try {
    return map(new Shape(body), answer);
  } catch (error) {
    if (error instanceof ShapeError)
      throw refuse(`JSON of another shape (${quoteWords(error.message, { redact: (words) => words })})`);
    throw error;
  }
}

/** Encodes one segment of a path: branch names and files may hold any character. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** Encodes a file's path, its slashes kept. */
export function filePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
