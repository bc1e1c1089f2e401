import { CouldNotTell } from '../errors.ts';
import { openForge } from '../forge/forge.ts';
import { fastForward, fetchBranchState, mergeInto } from '../forge/merge.ts';
import { fetchRelation } from '../forge/relation.ts';
import { HttpFault } from '../http.ts';
import { Refusal } from '../forge/refusal.ts';
import type { Context } from '../context.ts';
import { fetchConflicts } from './conflicts.ts';
import type { Applied, SyncPlace, SyncTransport } from './transport.ts';

/** GitHub's own merge: no clone. */
export function openApiSync(
  context: Context,
  place: SyncPlace,
  { tries }: { tries: boolean },
): SyncTransport {
  const { repo, from, to, message } = place;
  const forge = openForge(context, repo);
  const { api } = forge;
  let mayHaveWritten = false;
  return {
    async look() {
      const [theirs, ours] = await Promise.all([
        fetchBranchState(api, repo, from),
        fetchBranchState(api, repo, to),
      ]);
      const heads = { from: theirs.sha, to: ours.sha };
      const relation = await fetchRelation(forge, ours.sha, theirs.sha);
      if (relation.kind === 'unknown') {
        throw new CouldNotTell(
          `Cannot compare ${from} with ${to} of ${repo}: ${relation.why}; check that both share a history`,
        );
      }
      if (relation.kind === 'identical' || relation.kind === 'behind') {
        return { kind: 'in-sync', to: ours.sha, why: `${to} holds all of ${from}` };
      }
      const hasSameFiles = theirs.tree !== null && theirs.tree === ours.tree;
      if (relation.kind === 'ahead') return { kind: 'fast-forward', ...heads, hasSameFiles };
      if (hasSameFiles) {
        return { kind: 'in-sync', to: ours.sha, why: `${from} and ${to} hold the same files` };
      }
      if (tries) return { kind: 'merge', ...heads };
      // A dry run cannot ask GitHub to try, so it looks for itself.
      const { certain: files, isWhole } = await fetchConflicts(api, repo, [ours.sha, theirs.sha]);
      if (files.length > 0) return { kind: 'conflict', ...heads, files, isPart: !isWhole };
      if (isWhole) return { kind: 'merge', ...heads };
      throw new CouldNotTell(
        `Cannot foresee whether ${from} merges into ${to} of ${repo}: they differ in more files than GitHub shows; give --transport git, which reads all of them`,
      );
    },
    async apply(standing): Promise<Applied> {
      try {
        if (standing.kind === 'fast-forward') {
          await fastForward(api, repo, { branch: to, sha: standing.from });
          return { kind: 'done', sha: standing.from };
        }
        const merged = await mergeInto(api, repo, { base: to, head: standing.from, message });
        if (merged === 'conflict') {
          const { certain, shared, isWhole } = await fetchConflicts(api, repo, [standing.to, standing.from]);
          // A conflict that lines do not show, as of a rename: then all that may be part of it.
          return { kind: 'conflict', files: certain.length > 0 ? certain : shared, isPart: !isWhole };
        }
        return merged === null
          ? { kind: 'raced', message: 'there was nothing left to merge' }
          : { kind: 'done', sha: merged };
      } catch (error) {
        // What the server refused it has not done; of a lost answer that is not known.
        mayHaveWritten ||= !(error instanceof Refusal) || error.kind === 'error';
        return readRefusal(error);
      }
    },
    isOurs: () => Promise.resolve(mayHaveWritten),
    close: () => undefined,
  };
}

function readRefusal(error: unknown): Applied {
  if (error instanceof Refusal) {
    if (error.kind === 'protected') {
      // GitHub calls its own rules a hook too, a protected branch's.
      const isHook = /pre-receive hook declined/i.test(error.message) && !/protected/i.test(error.message);
      return { kind: isHook ? 'refused' : 'protected', message: error.message };
    }
    if (error.kind === 'race') return { kind: 'raced', message: error.message };
    if (error.mayPass) return { kind: 'raced', message: error.message, fault: error };
    throw error;
  }
  // The answer was lost; whether it was carried out shows when the branches are read again.
  if (error instanceof HttpFault && error.kind !== 'rate-limited')
    return { kind: 'raced', message: error.message, fault: error };
  throw error;
}
