// What a call may say, by what it could know.
import type { ScriptResult } from '../support/run-script.mjs';
import { isRead, type Case, type Trouble } from './case-list.ts';
import { nameAll, without } from './names.ts';
import type { Path, World } from './paths/world.ts';
import type { Patience, Played } from './play.ts';
import { EARLIER } from './surroundings.ts';

export const VIOLATIONS = [
  'go without proof',
  'another answer',
  'exit code that the page does not have',
  'write doubled',
  'write lost but reported',
  'write denied',
  'token in an output',
  'credentials at another origin',
  'past the deadline',
  'stack trace on a foreseen fault',
  'no reason',
  'outputs torn',
] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** What starting a process may take beside others. */
const slackMs = 6000;

/**
 * What the trouble leaves of the answer: `same` as without it, `maybe` the same or none, `never` a go, or `stopped`
 * before there was one.
 */
type Due = 'same' | 'maybe' | 'never' | 'stopped';

export function judge(one: Case, world: World, played: Played, { deadlineMs }: Patience): Violation[] {
  const { clean, trouble } = one;
  const { path } = clean;
  const { result, written } = played;
  const found: Violation[] = [];
  const due = decideDue(trouble, path, world);
  const decision = result.outputs['decision'] ?? result.record?.decision;
  const isClean = result.code === path.code && decision === path.decision;
  const isWhole = without(clean.written ?? [], written ?? []).length === 0;
  const mayGo = due === 'same' || due === 'maybe';
  const isProven = isClean && isWhole && mayGo && saysNoMore(one, world, result.outputs);
  if (result.code === 0 && !isProven && !isAnswerOfItsOwn(one, result.code, decision))
    found.push('go without proof');
  if (due === 'stopped' && result.outputs['proceed'] === 'true') found.push('go without proof');
  if (due === 'same' && !(isClean && isWhole)) found.push('another answer');
  if (due !== 'stopped' && (result.code === null || !path.codes.includes(result.code)))
    found.push('exit code that the page does not have');
  if (hasDoubledWrite(one, world, written)) found.push('write doubled');
  if (without(path.claims?.(result, world) ?? [], written ?? []).length > 0)
    found.push('write lost but reported');
  if (path.denies?.(result) && written?.length) found.push('write denied');
  const said = everythingSaid(result);
  if (world.secrets.some((secret) => holdsSecret(said, secret))) found.push('token in an output');
  if (world.hub.strayed.some((headers) => JSON.stringify(headers).match(/authorization|cookie|POST/i)))
    found.push('credentials at another origin');
  if (result.ms > deadlineMs * (path.calls ?? 2) + slackMs) found.push('past the deadline');
  if (/^\s+at .+:\d+:\d+\)?$/m.test(said) || /a fault of our own/.test(said))
    found.push('stack trace on a foreseen fault');
  if (due !== 'stopped' && !explains(one, result)) found.push('no reason');
  if (hasTornOutputs(one, result.outputs)) found.push('outputs torn');
  return found;
}

function decideDue(trouble: Trouble, path: Path, { hub }: World): Due {
  // How often a waiting call looks differs from run to run: one that came to its end first was not told to stop.
  if (trouble.kind === 'stopped') return hub.wasSpoilt ? 'stopped' : 'maybe';
  if (trouble.kind === 'around') return trouble.surroundings.fillsDisk && path.needsDisk ? 'maybe' : 'same';
  if (trouble.kind === 'file') return decideFileDue(trouble, path);
  if (trouble.kind === 'request') {
    // One look more or less, and a request that is repeated until something happens is not made so often.
    if (!hub.wasSpoilt) return 'maybe';
    if (!trouble.lasting) return 'same';
    // A write's outcome is what is read afterwards, whatever was answered; what is there is looked at here too.
    if (!isRead(trouble.request) && path.fresh) return 'maybe';
  }
  return mayBeRight(trouble, path) ? 'maybe' : 'never';
}

function decideFileDue({ file, fault }: Trouble & { kind: 'file' }, { exactFiles, outFiles }: Path): Due {
  if (outFiles?.test(file)) return 'same';
  return fault.arrives === 'maybe' && !exactFiles?.test(file) ? 'maybe' : 'never';
}

/** Where a file may be missing, here or in a repository, that is an answer of its own. */
function isAnswerOfItsOwn({ clean, trouble }: Case, code: number, decision: unknown): boolean {
  const { withoutFile, whereMissing } = clean.path;
  const isSo = (due: { code: number; decision: string }): boolean =>
    due.code === code && due.decision === decision;
  if (trouble.kind === 'file' && withoutFile?.when.test(trouble.fault.name)) return isSo(withoutFile);
  if (trouble.kind !== 'request' || !/^404 JSON( null)?$/.test(trouble.fault.name)) return false;
  return whereMissing !== undefined && whereMissing.at.test(trouble.request.key) && isSo(whereMissing);
}

/** May the answer without a fault still be given? Only where what it rests on was read. */
function mayBeRight(trouble: Trouble & { kind: 'request' | 'refused' }, path: Path): boolean {
  const { key } = trouble.request;
  if (path.optional?.test(key)) return true;
  if (trouble.kind === 'refused') return false;
  const { fault } = trouble;
  if (fault.arrives === 'maybe') return true;
  if (fault.name.startsWith('403') && path.mayForbid?.test(key)) return true;
  if (fault.name.startsWith('404 JSON') && path.mayMiss?.test(key)) return true;
  // Who is not well is not asked by another way.
  if (!/^(reset(?! half)|hang|429|50)/.test(fault.name) && path.shortCuts?.test(key)) return true;
  // The count stands in a header, or beside the rows.
  const hasRows = !/^(rows without fields|empty page|shape (null|\[\]))$/.test(fault.name);
  if (!hasRows && path.countsOnly?.test(key)) return true;
  if (fault.arrives === 'partly') return path.untilEnough?.test(key) ?? false;
  return fault.arrives === 'missing' && (path.mayLack?.test(key) ?? false);
}

/** Each output is as without the fault, or empty where it could not be known. */
function saysNoMore({ clean, trouble }: Case, world: World, said: Record<string, string>): boolean {
  if ('request' in trouble && clean.path.optional?.test(trouble.request.key)) return true;
  return Object.entries(nameAll(said, world)).every(
    ([name, text]) => name === 'reason' || name in EARLIER || text === '' || text === clean.outputs[name],
  );
}

/**
 * Where the world tells what was written, that counts: a writer may send again what did not land. Else the requests do.
 */
function hasDoubledWrite({ clean }: Case, { hub }: World, written: string[] | null): boolean {
  if (written !== null) return without(written, clean.written ?? []).length > 0;
  const writes = hub.requests.filter((request) => !isRead(request)).map(({ key }) => key);
  return new Set(writes).size < writes.length;
}

function everythingSaid({ stdout, stderr, summary, record, outputs }: ScriptResult): string {
  return [stdout, stderr, summary, JSON.stringify(record ?? {}), JSON.stringify(outputs)].join('\n');
}

/** A decision with its reason wherever they can be written; where one cannot, a warning says which. */
function explains(
  { clean, trouble }: Case,
  { code, outputs, record, stdout, stderr }: ScriptResult,
): boolean {
  const name = trouble.kind === 'around' ? trouble.surroundings.name : '';
  const lost = /^(GITHUB_OUTPUT|GITHUB_STEP_SUMMARY|the record|disk full)/.exec(name)?.[1];
  const isSaid = lost === undefined || /warning.*Cannot write /.test(stdout + stderr);
  // Neither annotations nor summaries are shown everywhere; of a wrong call one line says all.
  const verdict = code === 2 ? '::error::\\S' : `${clean.path.script}: \\S`;
  const isLogged = new RegExp(`^${verdict}`, 'm').test(stdout + stderr);
  const isPut = isLogged && Boolean(outputs['decision'] && outputs['reason']);
  const isRecorded = Boolean(record?.decision && record.reason);
  if (lost === 'GITHUB_OUTPUT' || lost === 'disk full') return isSaid && isRecorded;
  return isSaid && isPut && (lost === 'the record' || isRecorded);
}

/** A file that cannot take all outputs holds none of them, and still what was in it before. */
function hasTornOutputs({ clean, trouble }: Case, outputs: Record<string, string>): boolean {
  if (trouble.kind !== 'around') return false;
  const { earlier, ...ours } = outputs;
  if (trouble.surroundings.name.includes('half way') && earlier !== EARLIER.earlier) return true;
  const names = Object.keys(ours);
  return names.length > 0 && names.length < Object.keys(clean.outputs).length;
}

/** Does the text hold eight characters in a row of a secret, or of its base64 at any offset? */
export function holdsSecret(text: string, secret: string): boolean {
  const forms = [secret, encodeURIComponent(secret)];
  for (const lead of ['', 'x', 'xy']) {
    const bytes = Buffer.from(lead + secret);
    forms.push(bytes.toString('base64').slice(4, -4), bytes.toString('base64url').slice(4, -4));
  }
  return forms.some((form) => {
    for (let at = 0; at + 8 <= form.length; at++) if (text.includes(form.slice(at, at + 8))) return true;
    return false;
  });
}
