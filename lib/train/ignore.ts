const compiled = new Map<string, RegExp>();

/** Does a path match one of these patterns: `*` within a folder, `**` across folders, `?` one character? */
export function matchesAny(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => compile(pattern).test(path));
}

/** A pattern without a slash matches at any depth, as in .gitignore: `*.md` means every Markdown file. */
function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const anchored = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  const source = anchored
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (part) =>
      part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : '[^/]',
    );
  const made = new RegExp(`^${source}${pattern.endsWith('/') ? '.*' : ''}$`);
  compiled.set(pattern, made);
  return made;
}
