/** Is this a whole commit SHA: 40 hex digits, or 64 in a SHA-256 repository? */
export function isFullSha(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}

/** The seven digits people read. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** Do two SHAs name the same commit, where either may be cut to seven digits or more? */
export function sameCommit(a: string, b: string): boolean {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  if (Math.min(one.length, two.length) < 7) return false;
  return one.startsWith(two) || two.startsWith(one);
}
