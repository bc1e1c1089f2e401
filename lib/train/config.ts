import { UsageError } from '../errors.ts';
import { ConfigReader, describeConfigValue } from './config-reader.ts';

export interface TrainImage {
  name: string;
  tag: string;
}

export interface TrainCascade {
  manifest: string;
  select: string;
  file: string;
  /** What stands before the version in a tag's name. */
  tagPrefix: string;
}

/** What a train's file says, with defaults in place. */
export interface TrainConfig {
  repo: string;
  branches: string[];
  images: TrainImage[];
  tenantsUrl: string | null;
  cascade: TrainCascade | null;
  /** Hop, as `main→images`, → workflow files. */
  workflows: ReadonlyMap<string, readonly string[]>;
  slo: { ageMs: number; commits: number | null };
  ignorePaths: string[];
}

/** The label that names the commit of an image (OCI image spec, annotations). */
export const labelOfRevision = 'org.opencontainers.image.revision';

/** The forms that docs/train.schema.json names too; a test holds both together. */
export const configForms = {
  repo: /^[\w-][\w.-]*\/[\w-][\w.-]*$/,
  branch: /^[^\s~^:?*[\\]+$/,
  image: /^[a-z0-9.:[\]_/-]+$/,
  tag: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  url: /^https?:\/\/\S+$/,
  versionFrom: /^tag:[^\s*]*\*$/,
  hop: /^[^\s→]+→[^\s→]+$/,
  workflow: /^[^\s/][^\r\n,=]*\.ya?ml$/,
  duration: /^\d{1,9}(ms|s|m|h|d)$/,
  text: /\S/,
} as const;

const defaultAgeMs = 4 * 3_600_000;

/** Reads a train's file. Throws UsageError that names the key's path and what it wants. */
export function readTrainConfig(text: string, file: string): TrainConfig {
  let body: unknown;
  try {
    body = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`Cannot use ${file}: it is not JSON (${(error as Error).message}); mend the file`);
  }
  const root = new ConfigReader(body, '', file);
  root.assertKeys([
    '$schema',
    'repo',
    'branches',
    'images',
    'tenants_url',
    'cascade',
    'workflows',
    'slo',
    'ignore_paths',
  ]);
  root.optional('$schema')?.text(configForms.text, 'a URL or path');
  const slo = root.optional('slo');
  slo?.assertKeys(['age', 'commits']);
  return {
    repo: root.field('repo').text(configForms.repo, 'owner/name'),
    branches: readBranches(root.field('branches')),
    images: readImages(root.optional('images')),
    tenantsUrl: root.optional('tenants_url')?.text(configForms.url, 'an http(s) URL') ?? null,
    cascade: readCascade(root.optional('cascade')),
    workflows: readWorkflows(root.optional('workflows')),
    slo: {
      ageMs: slo?.optional('age')?.duration() ?? defaultAgeMs,
      commits: slo?.optional('commits')?.count() ?? null,
    },
    ignorePaths:
      root
        .optional('ignore_paths')
        ?.list('patterns')
        .map((item) => item.text(configForms.text, 'a pattern, as docs/**')) ?? [],
  };
}

function readBranches(value: ConfigReader): string[] {
  const items = value.list('branch names, in the order of the train');
  if (items.length === 0) throw value.wrong('an empty list', 'at least one branch');
  const names = items.map((item) => item.text(configForms.branch, 'a branch name'));
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index)
      throw (items[index] as ConfigReader).wrong(`"${name}" again`, 'each branch once');
  });
  return names;
}

function readImages(value: ConfigReader | null): TrainImage[] {
  const items = value?.list('images') ?? [];
  const seen = new Set<string>();
  return items.map((item) => {
    item.assertKeys(['name', 'tag']);
    const name = item.field('name').text(configForms.image, 'an image name without tag, as ghcr.io/o/app');
    const tag = item.optional('tag')?.text(configForms.tag, 'a tag, as latest') ?? null;
    const key = describeConfigValue({ name, tag });
    if (seen.has(key)) throw item.wrong(`"${name}" again`, 'each image and tag once');
    seen.add(key);
    return { name, tag: tag ?? 'latest' };
  });
}

function readCascade(value: ConfigReader | null): TrainCascade | null {
  if (value === null) return null;
  value.assertKeys(['manifest', 'select', 'file', 'version_from']);
  const from = value.field('version_from').text(configForms.versionFrom, 'tag:PREFIX*, as tag:runtime-v*');
  return {
    manifest: value.field('manifest').text(configForms.text, 'a file, as manifest.json'),
    select: value.field('select').text(configForms.text, 'a path, as workspace_templates[].repo'),
    file: value.optional('file')?.text(configForms.text, 'a file, as .runtime-version') ?? '.runtime-version',
    tagPrefix: from.slice('tag:'.length, -1),
  };
}

function readWorkflows(value: ConfigReader | null): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [key, files] of value?.entries() ?? []) {
    if (!configForms.hop.test(key)) throw files.wrong('this key', 'a hop, as main→images');
    const items = files.list('workflow files');
    if (items.length === 0) throw files.wrong('an empty list', 'at least one workflow file');
    found.set(
      key,
      items.map((item) => item.text(configForms.workflow, 'a workflow file, as publish.yml')),
    );
  }
  return found;
}
