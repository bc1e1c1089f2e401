import { countOf, verbOf } from '../lib/count.ts';
import { UsageError } from '../lib/errors.ts';
import { correctList } from '../lib/list/correct-list.ts';
import { compareLists, findDuplicate, readTemplate, type NameForm } from '../lib/list/drift.ts';
import {
  announce,
  describeDrift,
  describeLines,
  hasDrift,
  isDrifted,
  nameOf,
  summarize,
  type Finding,
  type ListName,
} from '../lib/list/finding.ts';
import { findJsonLists } from '../lib/list/json-list.ts';
import { findShellLists } from '../lib/list/shell-list.ts';
import { pathInRepository } from '../lib/list/path-in-repository.ts';
import { findPlace, type SourceList } from '../lib/list/source-list.ts';
import { findYamlLists } from '../lib/list/yaml-list.ts';
import { readGivenFile, readManifest } from '../lib/manifest.ts';
import { asText, many, needed, one, type OptionValues } from '../lib/options.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';

const options = {
  manifest: needed({ help: 'the JSON file that says what there is', value: 'FILE', parse: asText }),
  select: needed({
    help: "the manifest's names, as workspace_templates[].repo",
    value: 'PATH',
    parse: asText,
  }),
  list: many({
    help: 'a list that must equal it: an env key or an assignment in YAML or a shell script, a path in JSON',
    value: 'FILE#NAME',
    required: true,
    parse: asListName,
  }),
  template: one({
    help: "how a listed name becomes the manifest's: org/prefix-{name}",
    value: 'TEXT',
    parse: asText,
  }),
  ignore: many({ help: 'a name that may be missing or extra, in either form', value: 'NAME', parse: asText }),
};

async function main({
  options: given,
  environment,
  log,
}: Call<OptionValues<typeof options>>): Promise<Verdict> {
  const manifest = readManifest(given.manifest, given.select);
  assertSingle(manifest, `the manifest "${given.manifest}"`);
  const form = readTemplate(given.template);
  assertSingle(manifest.map(form.shorten), `the manifest "${given.manifest}" as a list has it`);
  const findings = given.list.map((list) => inspect(list, manifest, { form, ignore: given.ignore }));
  for (const finding of findings) {
    announce(finding, pathInRepository(finding.file, environment.get('GITHUB_WORKSPACE')), log);
  }
  const drifted = findings.filter(isDrifted);
  const of = `the manifest's ${countOf(manifest.length, 'name')}`;
  return {
    decision: drifted.length > 0 ? 'drift' : 'in-sync',
    exit: drifted.length > 0 ? 1 : 0,
    proceed: drifted.length === 0,
    reason:
      drifted.length > 0
        ? `${drifted.length} of ${countOf(findings.length, 'list')} ${verbOf(drifted.length, 'differs', 'differ')} from ${of}: ${drifted.map(describeDrift).join('; ')}`
        : `${findings.length === 1 ? 'the list equals' : `all ${findings.length} lists equal`} ${of}`,
    evidence: findings.map((finding) => ({ what: nameOf(finding), value: describeDrift(finding) })),
    next: drifted.map(
      ({ file, name, correction }) =>
        `replace ${describeLines(correction)} of ${file} (${name}) by the lines above`,
    ),
    details: { manifest, lists: findings },
    summary: summarize(findings),
    announce: drifted.length > 0 ? 'nothing' : 'notice',
  };
}

function asListName(text: string, source: string): ListName {
  const at = text.lastIndexOf('#');
  const [file, name] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && name !== '') return { file, name };
  throw new UsageError(
    `Cannot use ${source}: "${text}" names no list; give it as FILE#NAME, as .github/workflows/publish.yml#TEMPLATES`,
  );
}

function inspect(
  { file, name }: ListName,
  manifest: readonly string[],
  settings: { form: NameForm; ignore: readonly string[] },
): Finding {
  const source = readGivenFile(file, `the list "${file}"`);
  const read = (text: string): SourceList => chooseList(findLists(text, name, file), text, { file, name });
  const list = read(source);
  assertSingle(list.names, `the list "${file}#${name}"`);
  const drift = compareLists(list.names, manifest, settings);
  const correction = correctList(source, list, drift.wanted, (text) => readNames(() => read(text)));
  if (correction === null && hasDrift(drift)) {
    throw new UsageError(
      `Cannot write the list "${file}#${name}" anew: ${drift.wanted.map((item) => `"${item}"`).join(', ')} cannot stand in it as one name each; mend the manifest or give the list another form`,
    );
  }
  return { ...drift, file, name, ...findPlace(source, list.at), correction };
}

/** What a corrected file's list holds; null where it would be none. */
function readNames(read: () => SourceList): string[] | null {
  try {
    return read().names;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

function findLists(source: string, name: string, file: string): SourceList[] {
  if (/\.json$/i.test(file)) return findJsonLists(source, name, file);
  if (/\.ya?ml$/i.test(file)) return findYamlLists(source, name, file);
  return findShellLists(source, name);
}

/** A variable may also be computed from what it held; then the one literal list is meant. */
function chooseList(lists: readonly SourceList[], source: string, { file, name }: ListName): SourceList {
  const refuse = (found: string, mend: string): UsageError =>
    new UsageError(`Cannot compare the list "${file}#${name}": ${found}; ${mend}`);
  if (lists.length === 0) {
    throw refuse(
      `there is no "${name}" in "${file}"`,
      'name an env key, an assignment in a run block or script, or a path in JSON, a key with a dot in it as ["a.b"]',
    );
  }
  const list = lists.find(({ expression }) => !expression);
  if (list === undefined)
    throw refuse('it is an expression, known only when it runs', 'name a list of plain words');
  const meant = lists.filter(({ expression, isOfItself }) => !expression || !isOfItself);
  if (meant.length > 1) {
    const lines = meant.map(({ at }) => findPlace(source, at).line).join(', ');
    throw refuse(`it stands in several places (lines ${lines})`, 'give each its own name');
  }
  if (list.names.includes('')) throw refuse('a name in it is empty', 'take it out');
  return list;
}

function assertSingle(names: readonly string[], what: string): void {
  const twice = findDuplicate(names);
  if (twice !== undefined) {
    throw new UsageError(`Cannot use ${what}: "${twice}" is in it twice; remove one`);
  }
}

export const script: Script = {
  name: 'cascade-list-drift-gate',
  summary:
    'Does every list that a workflow fans out to equal the manifest? If not: what is missing, what is extra, and the corrected list ready to paste.',
  outputs: {
    decision: 'in-sync or drift',
    proceed: 'true where every list equals the manifest',
    reason: 'one sentence',
  },
  exits: {
    0: 'every list equals the manifest, apart from case',
    1: 'a list differs',
    2: 'the call is wrong; also a file, name or path that is not found, a list that is an expression or stands in several places, an empty selection, a name that stands twice',
  },
  commands: [defineCommand({ name: '', options, main })],
};
