import { dispatchCommand, emptyPushCommand } from '../gate/start-command.ts';
import { armOnGitHub, disarmOnGitHub, fetchStanding } from './github-arm.ts';
import { fetchCheckNames } from './check-names.ts';
import { fetchHeads, fetchRange, fetchRequiredChecks } from './heads.ts';
import { github, mergeOnGitHub } from './github-pulls.ts';
import { disarmOnGitea, gitea, mergeOnGitea } from './gitea-pulls.ts';
import { closePull } from './close-pull.ts';
import { fetchLanding } from './landing.ts';
import { fetchMergedHead } from './merged-head.ts';
import { findNewestMerge } from './newest-merge.ts';
import type { PromotePorts } from './ports.ts';
import { fetchPull, openPull } from './pull-calls.ts';
import { findOpenChecks } from './required-checks.ts';
import type { Clock } from '../clock.ts';
import type { Forge } from '../forge/forge.ts';
import { hasDispatch, sendWorkflowDispatch } from '../forge/workflow-dispatch.ts';
import { joinWords } from '../http-words.ts';
import type { Redactor } from '../redact.ts';
import type { Log } from '../script.ts';

export interface ForgePortSettings {
  from: string;
  to: string;
  method: 'merge' | 'fast-forward';
  inputs: Readonly<Record<string, string>>;
  /** For dispatches; undefined: the context's own. */
  dispatchToken: string | undefined;
  askGate: PromotePorts['askGate'];
  clock: Clock;
  log: Log;
  redactor: Redactor;
}

/** A promotion's world on a real forge. */
export function createForgePorts(forge: Forge, settings: ForgePortSettings): PromotePorts {
  const { from, to, method, inputs, dispatchToken, askGate, clock, log, redactor } = settings;
  /** A server's words go into a sentence, and are cut there. */
  const onOneLine = <T extends { kind: string; words?: string }>(answer: T): T =>
    answer.words === undefined ? answer : { ...answer, words: joinWords(answer.words, redactor) };
  const branches = { from, to };
  const isGitHub = forge.kind === 'github';
  const dialect = isGitHub ? github : gitea;
  let canDispatch: Promise<boolean> | undefined;
  let mayQueue = false;
  return {
    clock,
    log,
    random: Math.random,
    askGate,
    readHeads: () => fetchHeads(forge, from, to),
    readRange: (heads) => fetchRange(forge, heads),
    findPull: () => dialect.find(forge, branches),
    openPull: (text) => openPull(forge, branches, text, dialect),
    async readPull(number) {
      const pull = await fetchPull(forge, number, { ...dialect, to });
      if (!mayQueue || pull.state !== 'open') return pull;
      return { ...pull, queued: (await fetchStanding(forge, number)).queued };
    },
    readMergedHead: (merge) => fetchMergedHead(forge, merge),
    closePull: (pull) => closePull(forge, pull),
    merge: async (pull, head) =>
      onOneLine(
        isGitHub
          ? await mergeOnGitHub(forge, pull, { head, to, method })
          : await mergeOnGitea(forge, pull, { head, method }),
      ),
    canArm: isGitHub,
    async arm(pull, head, way) {
      mayQueue = true;
      return onOneLine(await armOnGitHub(forge, pull, head, way));
    },
    disarm: (pull) => (isGitHub ? disarmOnGitHub(forge, pull) : disarmOnGitea(forge, pull)),
    async readOpenChecks(head) {
      const [required, present] = await Promise.all([
        fetchRequiredChecks(forge, to),
        fetchCheckNames(forge, head),
      ]);
      return findOpenChecks(required, present, forge.kind);
    },
    findNewestMerge: () => findNewestMerge(forge, branches),
    readLanding: (file, merge) => fetchLanding(forge, { file, merge, from, to, now: () => clock.now() }),
    canDispatch: () => (canDispatch ??= hasDispatch(forge)),
    dispatch: (file) =>
      sendWorkflowDispatch(forge, {
        file,
        ref: to,
        inputs,
        ...(dispatchToken === undefined ? {} : { token: dispatchToken }),
      }),
    suggestStart(file) {
      return isGitHub
        ? dispatchCommand({ home: forge, file, branch: to }, inputs)
        : emptyPushCommand({ file, branch: to });
    },
  };
}
