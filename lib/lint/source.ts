import { basename } from 'node:path';
import { decodeUtf8 } from '../utf8.ts';
import { LineTable, readYaml, YamlSyntaxError } from '../yaml/read-yaml.ts';
import type { Profile } from '../workflow/profile.ts';
import { toAction, toWorkflow, type Workflow } from '../workflow/workflow.ts';

/** Gitea 1.25 reads no more of a workflow file, and no other forge has larger ones either. */
export const largestSource = 1024 * 1024;

/** A file that is looked at, read and parsed once. */
export interface SourceFile {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
  kind: 'workflow' | 'action';
  profiles: readonly Profile[];
  /** Null where the text is no YAML; `fault` then says why. */
  workflow: Workflow | null;
  fault: { offset: number; message: string } | null;
  /** The file, or the folder of workflows that it is in, where that is a symbolic link. */
  link: string | null;
  lines: LineTable;
}

/** Parses a file; one that is no YAML is no exception but has a `fault`. */
export function parseSource(
  path: string,
  bytes: Uint8Array,
  profiles: readonly Profile[],
  link: string | null = null,
): SourceFile {
  const kind = /^action\.ya?ml$/.test(basename(path)) ? 'action' : 'workflow';
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const lines = new LineTable(text);
  const parts = { path, text, kind, profiles, link, lines } as const;
  const refuse = (offset: number, message: string): SourceFile => ({
    ...parts,
    workflow: null,
    fault: { offset, message },
  });
  if (bytes.length > largestSource) return refuse(0, 'the file is larger than 1 MiB; split it');
  const broken = text.indexOf('\ufffd');
  if (broken >= 0 && decodeUtf8(bytes) === null)
    return refuse(broken, 'a byte here is no UTF-8; save the file as UTF-8');
  try {
    const document = readYaml(text);
    const workflow = kind === 'action' ? toAction(document, lines) : toWorkflow(document, lines);
    return { ...parts, workflow, fault: null };
  } catch (error) {
    if (error instanceof YamlSyntaxError) return refuse(error.offset, error.message);
    throw error;
  }
}
