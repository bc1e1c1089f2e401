import { defineCommand } from '../script.ts';
import { commitOptions, readSubject } from './subject.ts';
import { readSuperseded } from './superseded.ts';

/** `prod-auto-deploy check-superseded`. */
export const checkSuperseded = defineCommand({
  name: 'check-superseded',
  summary: "has a newer commit reached the branch since this job's?",
  bareResult: true,
  options: commitOptions,
  async main(call) {
    const { sha, subject } = readSubject(call);
    const { superseded, head, sure, reason } = await readSuperseded(call, sha);
    return {
      decision: superseded ? 'superseded' : 'latest',
      exit: superseded ? 0 : 10,
      proceed: !superseded,
      reason: sure ? reason : `counts as the latest, because it could not be told: ${reason}`,
      announce: sure ? 'notice' : 'warning',
      subject,
      evidence: [{ what: `head of ${call.options.branch}`, value: head ?? 'not newer' }],
      outputs: { newer: head ?? '' },
      ...(head === null ? {} : { result: head }),
    };
  },
});
