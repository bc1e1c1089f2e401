import type { HttpAnswer } from './http.ts';
import type { Redactor } from './redact.ts';

const longest = 200;

/** One line of a server's own words: control characters out, secrets out, and only then cut at 200 characters. */
export function quoteWords(text: string, redactor: Pick<Redactor, 'redact'>): string {
  return cutWords(joinWords(text, redactor));
}

/** A server's own words on one line, without control characters and secrets, as long as they are. */
export function joinWords(text: string, redactor: Pick<Redactor, 'redact'>): string {
  return redactor
    .redact(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words that hold no secret, at most 200 characters of them. */
export function cutWords(line: string): string {
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : line;
}

/** What the body of a failed answer says: a JSON `message` or `errors`, an HTML page's title, or its text. */
export function findWords(body: string): string {
  const text = body.trim();
  if (/^<(!doctype|html|head|\?xml)/i.test(text)) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
    return title ? `an HTML page, "${title}"` : 'an HTML page';
  }
  try {
    return wordsOf(JSON.parse(text)) || text;
  } catch {
    return text;
  }
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('; ');
  if (value === null || typeof value !== 'object') return '';
  const body = value as Record<string, unknown>;
  const message = wordsOf(body['message']) || wordsOf(body['error_description']) || wordsOf(body['error']);
  const errors = wordsOf(body['errors']);
  return [message, errors].filter(Boolean).join(': ');
}

/** `GET /path answered 404 "Not Found"`: what came back, fit to be printed. */
export function describeAnswer(answer: HttpAnswer, redactor: Redactor): string {
  const words = quoteWords(findWords(answer.text), redactor);
  const said = words ? (words.startsWith('an HTML page') ? ` with ${words}` : ` "${words}"`) : '';
  return `${answer.method} ${answer.path} answered ${answer.status}${said}`;
}
