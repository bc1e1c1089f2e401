import { countOf } from '../count.ts';
import { shortSha } from '../sha.ts';
import type { PromoteSettings, Range } from './ports.ts';

const mostListed = 100;
/** Tells this project's own pull requests from others. */
const pullMarker = '<!-- switchyard auto-promote -->';

/** Title and body of the pull request: what ships, with the pull requests it came by. */
export function writePullText(
  { from, to }: Pick<PromoteSettings, 'from' | 'to'>,
  { ahead, commits }: Range,
): { title: string; body: string } {
  const pulls = [...new Set(commits.flatMap(({ subject }) => findPullNumbers(subject)))];
  const shown = commits
    .slice(0, mostListed)
    .map(({ sha, subject }) => `- ${shortSha(sha)} ${escape(subject)}`);
  const rest = ahead - shown.length;
  const lines = [
    pullMarker,
    `Ships ${countOf(ahead, 'commit')} of \`${from}\` to \`${to}\`, once their gates are green.`,
    '',
    ...shown,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    ...(pulls.length > 0 ? ['', `Pull requests: ${pulls.map((number) => `#${number}`).join(', ')}`] : []),
  ];
  return { title: `Promote ${from} to ${to}`, body: lines.join('\n') };
}

/**
 * `Fix it (#12)` as squashed, `Merge pull request #12 from …` and Gitea's `Merge pull request 'x' (#12) from …`. A title
 * may name another one; what the server adds stands behind it.
 */
function findPullNumbers(subject: string): number[] {
  const merged = /^Merge pull request #(\d+)\b/.exec(subject);
  const match = merged ?? [...subject.matchAll(/\(#(\d+)\)(?=$|\s)/g)].at(-1);
  return match ? [Number(match[1])] : [];
}

/** Mentions in a subject must not call people again. */
function escape(subject: string): string {
  return subject.replace(/[<>]/g, ' ').replace(/@(?=\w)/g, '@\u200b');
}
