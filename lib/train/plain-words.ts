/** What a terminal obeys, and marks that turn the reading round (Unicode's bidirectional controls) or end a line. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A name or a sentence from anywhere on one line, of nothing but what is seen. */
export function plainWords(text: string): string {
  return text.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}
