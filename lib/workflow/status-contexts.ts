import type { GoValue } from '../yaml/resolve.ts';
import { hasExpression, splitExpressions } from './expression.ts';
import { printValue } from './go-print.ts';
import type { Leg } from './matrix-lists.ts';
import { expandMatrix, legName } from './matrix.ts';
import { giteaMinor, type Profile } from './profile.ts';
import type { Job } from './job.ts';
import type { Workflow } from './workflow.ts';

/**
 * A commit status that a run of the workflow makes: its whole context, or, where the job's name cannot
 * be known beforehand, how the context begins. Any context that begins so and ends in ` (EVENT)` is it.
 */
export type ExpectedStatus = { job: string; context: string } | { job: string; prefix: string };

/** Bytes of a job's name that the server keeps. */
const longestName = 255;

/**
 * The commit statuses that Gitea makes for a run of a workflow, one for each job and matrix leg, in
 * the server's order: `NAME / JOB (EVENT)` (services/actions/commit_status.go, 1.22 to 1.25). Without
 * `name:` a context begins with `/ `.
 */
export function listStatusContexts(workflow: Workflow, event: string, profile: Profile): ExpectedStatus[] {
  const title = workflow.name ?? '';
  return workflow.jobs.flatMap((job) =>
    listNames(job, profile).map(({ name, isWhole }) =>
      isWhole
        ? { job: job.id, context: `${title} / ${cutName(name, profile)} (${event})`.trim() }
        : { job: job.id, prefix: `${title} / ${name}`.trimStart() },
    ),
  );
}

interface JobName {
  name: string;
  /** The whole name; otherwise its known beginning. */
  isWhole: boolean;
}

function listNames(job: Job, profile: Profile): JobName[] {
  const { legs } = expandMatrix(job.node, `jobs.${job.id}`);
  const name = job.name?.value || job.id;
  if (!legs) return [{ name: '', isWhole: false }];
  // 1.22 leaves an expression in the name as it stands; later versions fill it in for matrix legs only.
  const isEvaluated = (giteaMinor(profile) ?? 23) >= 23 && hasExpression(name);
  return legs.map((leg) => {
    if (leg.size === 0) return { name, isWhole: true };
    return isEvaluated ? fillName(name, leg) : { name: `${name} ${legName(leg)}`, isWhole: true };
  });
}

function fillName(name: string, leg: Leg): JobName {
  let filled = '';
  for (const piece of splitExpressions(name) ?? []) {
    const value = piece.kind === 'text' ? piece.text : evaluate(piece.text, leg);
    if (value === null) return { name: '', isWhole: false };
    filled += value;
  }
  return { name: filled, isWhole: true };
}

/** The text of an expression that needs the matrix leg alone; null for any other. */
function evaluate(expression: string, leg: Leg): string | null {
  const quoted = /^'((?:[^']|'')*)'$/.exec(expression)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  if (!/^matrix(\s*\.\s*[a-z_][\w-]*|\s*\[\s*'[^']*'\s*\])+$/i.test(expression)) return null;
  let value: GoValue = leg;
  for (const [, dotted, bracketed] of expression.matchAll(/\.\s*([\w-]+)|\[\s*'([^']*)'\s*\]/g)) {
    if (Array.isArray(value)) return null;
    value = value instanceof Map ? findIgnoringCase(value, dotted ?? bracketed ?? '') : null;
  }
  if (value === null) return '';
  const isPlain = typeof value !== 'number' || (Number.isInteger(value) && Math.abs(value) < 1e15);
  return typeof value === 'object' || !isPlain ? null : printValue(value);
}

function findIgnoringCase(map: ReadonlyMap<string, GoValue>, name: string): GoValue {
  const key = Array.from(map.keys()).find((known) => known.toLowerCase() === name.toLowerCase());
  return map.get(name) ?? map.get(key ?? name) ?? null;
}

/** 1.22 cuts by bytes; later versions count wide characters twice, which only a very long name shows. */
function cutName(name: string, profile: Profile): string {
  if (Buffer.byteLength(name) <= longestName || profile === 'github') return name;
  let kept = '';
  let bytes = 0;
  for (const char of name) {
    bytes += Buffer.byteLength(char);
    if (bytes > longestName - 3) break;
    kept += char;
  }
  return `${kept}…`;
}
