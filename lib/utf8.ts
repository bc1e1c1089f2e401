/**
 * The text of bytes that a decision rests on; null where they are not UTF-8: a lenient reader would put other
 * characters in the place of what the server said.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
