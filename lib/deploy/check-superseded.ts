import { CouldNotTell } from '../errors.ts';
import { defineCommand, type Verdict } from '../script.ts';
import { readSubject, type Subject } from '../subject.ts';
import { commitOptions, readSuperseded } from './superseded.ts';

/** `prod-auto-deploy check-superseded`. */
export const checkSuperseded = defineCommand({
  name: 'check-superseded',
  summary: "has a newer commit reached the branch since this job's?",
  bareResult: true,
  options: commitOptions,
  async main(call) {
    let named: Subject;
    try {
      named = readSubject(call);
    } catch (error) {
      if (!(error instanceof CouldNotTell)) throw error;
      return latest(`it could not be told: ${error.message}`);
    }
    const { repo, sha } = named;
    const subject = { repo, sha };
    const { superseded, head, sure, reason } = await readSuperseded(call, sha);
    if (!superseded) return { ...latest(sure ? reason : `it could not be told: ${reason}`), subject };
    return {
      decision: 'superseded',
      exit: 0,
      proceed: false,
      reason,
      announce: 'notice',
      subject,
      evidence: [{ what: `head of ${call.options.branch}`, value: head ?? '' }],
      outputs: { newer: head ?? '' },
      ...(head === null ? {} : { result: head }),
    };
  },
});

/** Whatever is not proved newer is not: the strict verify runs, and the log says why. */
function latest(why: string): Verdict {
  return {
    decision: 'latest',
    exit: 10,
    proceed: true,
    reason: `counts as the latest, because ${why}`,
    announce: 'warning',
    outputs: { newer: '' },
  };
}
