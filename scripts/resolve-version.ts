import { CouldNotTell } from '../lib/errors.ts';
import { readEventField } from '../lib/event-field.ts';
import { readEvent } from '../lib/event.ts';
import { asText, flag, one, oneOr, type OptionValues } from '../lib/options.ts';
import { isNoFile, readText } from '../lib/read-file.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { findVersionFault, readVersionLine } from '../lib/version-text.ts';

const options = {
  input: one({
    help: 'the version a person asked for; an empty one counts as not given',
    value: 'V',
    variables: ['INPUT_RUNTIME_VERSION'],
    mayBeEmpty: true,
    shown: "the event's inputs[KEY]",
    parse: asText,
  }),
  file: oneOr({
    help: 'the file that a cascade commits; its first line counts',
    value: 'PATH',
    fallback: '.runtime-version',
    parse: asText,
  }),
  'payload-key': oneOr({
    help: "the key KEY of the event's client_payload and inputs",
    value: 'KEY',
    fallback: 'runtime_version',
    parse: asText,
  }),
  required: flag({ help: 'end with 1 where no version is found' }),
};

export type Source = 'payload' | 'input' | 'file' | 'none';

/** A place to look in: `name` as people know it; undefined where nothing is set there. */
export interface Candidate {
  source: Exclude<Source, 'none'>;
  name: string;
  read: () => unknown;
}

export type Resolution = { version: string; source: Source; name: string; fault?: string };

/** The first candidate that is set; one that is no version is a fault and not passed over. */
export function decideVersion(candidates: readonly Candidate[]): Resolution {
  for (const { source, name, read } of candidates) {
    const value = read();
    if (value === undefined) continue;
    if (typeof value !== 'string') return { version: '', source, name, fault: 'is not a string' };
    const version = value.trim();
    if (version === '') continue;
    const fault = findVersionFault(version);
    return fault === null ? { version, source, name } : { version: '', source, name, fault };
  }
  return { version: '', source: 'none', name: 'nothing' };
}

async function main({
  options: given,
  environment,
  redactor,
}: Call<OptionValues<typeof options>>): Promise<Verdict> {
  const { file, input, 'payload-key': key, required } = given;
  const event = readEvent(environment);
  const { version, source, name, fault } = decideVersion([
    {
      source: 'payload',
      name: `client_payload.${key} of the event`,
      read: () => readEventField(event, 'client_payload', key),
    },
    { source: 'input', name: '--input (INPUT_RUNTIME_VERSION)', read: () => input ?? undefined },
    { source: 'input', name: `inputs.${key} of the event`, read: () => readEventField(event, 'inputs', key) },
    { source: 'file', name: `the file "${file}"`, read: () => readFirstLine(file) },
  ]);
  if (fault !== undefined) {
    const mend = 'give a string of visible characters, as 1.2.3';
    return refuse(source, `Cannot use the version from ${name}: it ${fault}; ${mend}`);
  }
  if (redactor.redact(version) !== version) {
    const mend = 'that is never printed: give a version without';
    return refuse(
      source,
      `Cannot use the version from ${name}: it holds a token, password or URL query; ${mend}`,
    );
  }
  if (version === '' && required) {
    const found = `client_payload.${key}, --input, inputs.${key} and "${file}" hold none`;
    return refuse('none', `Cannot resolve a version: ${found}; give --input V`);
  }
  return {
    decision: version === '' ? 'none' : 'resolved',
    exit: 0,
    proceed: true,
    reason: version === '' ? 'no version is given anywhere' : `${version}, from ${name}`,
    evidence: [{ what: name, value: version }],
    details: { version, source },
    outputs: { version, source },
    result: version,
    announce: 'nothing',
  };
}

function refuse(source: Source, reason: string): Verdict {
  const outputs = { version: '', source };
  return { decision: 'refused', exit: 1, proceed: false, reason, details: outputs, outputs };
}

function readFirstLine(file: string): string | undefined {
  try {
    return readVersionLine(readText(file));
  } catch (error) {
    if (isNoFile(error)) return undefined;
    throw new CouldNotTell(
      `Cannot read the file "${file}": ${(error as Error).message}; give --file a file that can be read`,
      {
        cause: error,
      },
    );
  }
}

export const script: Script = {
  name: 'resolve-version',
  summary:
    "Which version should this build use? The first that is set of: the event's client_payload, an input, the version file. Prints the version alone on stdout.",
  outputs: {
    decision: 'resolved, none or refused',
    proceed: 'false where what was found is no version',
    reason: 'one sentence',
    version: 'the version; empty where there is none',
    source: 'payload, input, file or none',
  },
  exits: {
    0: 'the version is printed; empty where none is given and --required is not',
    1: 'what was found is no version, or none was found and --required is given',
  },
  commands: [defineCommand({ name: '', options, bareResult: true, main })],
};
