import { UsageError } from '../errors.ts';

export interface Drift {
  /** In the list's own form, in the manifest's order. */
  missing: string[];
  /** As they stand in the list. */
  extra: string[];
  /** Names that differ from the manifest's in case alone; where the template alone does, in the manifest's form. */
  differsInCase: { listed: string; wanted: string }[];
  /** The list as it should be, in the manifest's order. */
  wanted: string[];
}

/** How the names of a list and the manifest's are written in each other's form. */
export interface NameForm {
  /** The manifest's name in the list's form. */
  shorten(repo: string): string;
  /** Everything that a listed name may stand for. */
  expand(name: string): string[];
}

/** Reads a template such as `org/prefix-{name}`; none: both sides write names alike. Throws UsageError. */
export function readTemplate(template: string | null): NameForm {
  if (template === null) return { shorten: (repo) => repo, expand: (name) => [name] };
  const [before, after, ...more] = template.split('{name}');
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError(
      `Cannot use --template: "${template}" must hold {name} once; give it as org/prefix-{name}`,
    );
  }
  const fits = (repo: string): boolean =>
    repo.length > before.length + after.length &&
    repo.toLowerCase().startsWith(before.toLowerCase()) &&
    repo.toLowerCase().endsWith(after.toLowerCase());
  return {
    shorten: (repo) => (fits(repo) ? repo.slice(before.length, repo.length - after.length) : repo),
    // A manifest's repository is listed by its whole name only where no short one can stand for it.
    expand: (name) => [`${before}${name}${after}`, ...(fits(name) ? [] : [name])],
  };
}

/** What sets a list apart from the manifest. `ignore` holds names in either form; case never counts. */
export function compareLists(
  listed: readonly string[],
  manifest: readonly string[],
  { form, ignore }: { form: NameForm; ignore: readonly string[] },
): Drift {
  const ignored = new Set(ignore.flatMap((name) => [name, ...form.expand(name)]).map(fold));
  const isIgnored = (name: string): boolean =>
    ignored.has(fold(name)) || ignored.has(fold(form.shorten(name)));
  const byRepo = new Map(manifest.map((repo) => [fold(repo), repo]));
  const present = new Map<string, { name: string; meant: string }>();
  const strangers: string[] = [];
  for (const name of listed) {
    const meant = form.expand(name).find((candidate) => byRepo.has(fold(candidate)));
    const repo = meant === undefined ? undefined : byRepo.get(fold(meant));
    if (meant === undefined || repo === undefined) strangers.push(name);
    else present.set(repo, { name, meant });
  }
  const due = manifest.filter((repo) => present.has(repo) || !isIgnored(repo));
  const extra = strangers.filter((name) => !form.expand(name).some(isIgnored));
  const refused = new Set(extra);
  const tolerated = strangers.filter((name) => !refused.has(name));
  return {
    missing: due.filter((repo) => !present.has(repo)).map(form.shorten),
    extra,
    differsInCase: [...present]
      .filter(([repo, { meant }]) => meant !== repo)
      .map(([repo, { name, meant }]) => {
        const short = form.shorten(repo);
        return short === name ? { listed: meant, wanted: repo } : { listed: name, wanted: short };
      }),
    wanted: [...due.map(form.shorten), ...tolerated],
  };
}

/** The first name that stands twice, in any case. */
export function findDuplicate(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.has(fold(name)) || !seen.add(fold(name)));
}

function fold(name: string): string {
  return name.toLowerCase();
}
