import { HttpFault } from '../http.ts';
import type { OptionValues } from '../options.ts';
import { decideRollout, type RolloutAnswer } from './rollout-answer.ts';
import type { rolloutOnlyOptions, rolloutOptions } from './rollout-options.ts';
import type { Admin } from './tenant-list.ts';

type Options = Pick<
  OptionValues<typeof rolloutOptions & typeof rolloutOnlyOptions>,
  'canary' | 'soak' | 'batch-size' | 'dry-run' | 'timeout'
>;

/** One rollout: where it is asked for, to which tag, and the slugs of the fleet where they are known. */
export interface RolloutOrder {
  url: URL;
  tag: string;
  listed: readonly string[];
  options: Options;
}

/** Tells the control plane, once: what may have been sent is never sent again. */
export async function postRollout(admin: Admin, order: RolloutOrder): Promise<RolloutAnswer> {
  const { url, tag, listed, options } = order;
  const dryRun = options['dry-run'];
  const body = {
    target_tag: tag,
    canary_slug: options.canary,
    soak_seconds: Math.ceil(options.soak / 1000),
    batch_size: options['batch-size'],
    dry_run: dryRun,
  };
  try {
    const sent = await admin.http.send({
      purpose: `roll the fleet to ${tag}`,
      method: 'POST',
      url: url.href,
      headers: {
        authorization: `Bearer ${admin.token}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify(body),
      attempts: 1,
      timeoutMs: options.timeout,
      deadlineMs: options.timeout,
      keepRedirect: true,
    });
    return decideRollout(sent, { dryRun, listed, words: admin.http.describe(sent) });
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return decideUnanswered(error);
  }
}

/** What a call without an answer has done: surely nothing, or nobody knows. */
function decideUnanswered({ kind, maybeSent, message }: HttpFault): RolloutAnswer {
  if (kind === 'rate-limited') return { decision: 'failed', reason: message, results: [] };
  if (!maybeSent) {
    return { decision: 'unknown', isSent: false, reason: `${message} (nothing was sent)`, results: [] };
  }
  // Its mend is to run again, which would be a second rollout.
  const found = message.replace(/;[^;]*$/, '');
  return { decision: 'unknown', reason: `${found}: whether it acted is not known`, results: [] };
}
