import { fetchBranchHead } from '../forge/branch.ts';
import { fetchPushes } from '../forge/pushes.ts';
import { fetchStatuses } from '../forge/statuses.ts';
import { mapWanted, type Inquiry } from './inquiry.ts';
import { refsOf } from './question.ts';
import { findText, readAbsent } from './read-absent.ts';
import { decideStatusState, isTorn, type StatusFacts } from './status-state.ts';
import type { WorkflowState } from './state.ts';
import { findTwins, readWorkflowText } from './workflow-reading.ts';

/** The states by the commit's statuses, where the forge has no list of runs. */
export async function readByStatuses(inquiry: Inquiry): Promise<WorkflowState[]> {
  const { forge, question } = inquiry;
  const [statuses, profile, files] = await Promise.all([
    fetchStatuses(forge, question.sha),
    inquiry.profile(),
    inquiry.files(),
  ]);
  return mapWanted(inquiry, async (wanted) => {
    const text = await findText(inquiry, wanted);
    const reading = readWorkflowText(text, profile);
    const twin =
      reading.drop === null
        ? findTwins({ reading, text }, files ?? [], { profile, events: question.events })
        : null;
    if (twin !== null) return { wanted, state: 'failure', why: twin };
    const facts: StatusFacts = {
      wanted,
      expected: reading.expected(question.events),
      statuses,
      movedOn: null,
      newerContexts: new Set(),
      isOfOneBranch: null,
      now: question.now(),
    };
    const first = decideStatusState(facts);
    if (first === null) return readAbsent(inquiry, wanted);
    if (first.state === 'unknown' && statuses.some(isTorn))
      return decideStatusState({ ...facts, isOfOneBranch: await isOfOneBranch(inquiry) }) ?? first;
    if (first.state === 'success' || first.state === 'unknown') return first;
    return decideStatusState({ ...facts, ...(await readBranch(inquiry)) }) ?? first;
  });
}

/** Whether the record of pushes, read to its end, has the commit for the asked ref and for no other. */
async function isOfOneBranch({ forge, question }: Inquiry): Promise<boolean> {
  const { pushes, complete } = await fetchPushes(forge, null, () => false);
  const refs = new Set(pushes.filter(({ after }) => after === question.sha).map(({ ref }) => ref));
  const asked = refsOf(question);
  return complete && refs.size === 1 && (asked.length === 0 || asked.some((ref) => refs.has(ref)));
}

/** Has the branch moved on, and what does its newer head have? */
async function readBranch({
  forge,
  question: { branch, sha },
}: Inquiry): Promise<Pick<StatusFacts, 'movedOn' | 'newerContexts'>> {
  if (branch === null) return { movedOn: null, newerContexts: new Set() };
  const head = await fetchBranchHead(forge, branch);
  if (head === null || head === sha)
    return { movedOn: head === null ? null : false, newerContexts: new Set() };
  const newer = await fetchStatuses(forge, head);
  return {
    movedOn: true,
    newerContexts: new Set(newer.filter((status) => status.byServer).map(({ context }) => context)),
  };
}
