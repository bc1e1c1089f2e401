type Part = number | string;

/**
 * Which of two versions is newer, by semver 2.0.0 where both are that, else by PEP 440; null where they cannot
 * be ordered. Negative: `left` is older.
 */
export function compareVersions(left: string, right: string): number | null {
  for (const parse of [parseSemver, parsePep440]) {
    const [one, two] = [parse(left.trim()), parse(right.trim())];
    if (one !== null && two !== null) return compareParts(one, two);
  }
  return null;
}

/** Sorts before every number and word: what has it is older. */
const lowest = -Infinity;
const highest = Infinity;

function parseSemver(text: string): Part[] | null {
  const number = '(0|[1-9]\\d*)';
  const pattern = new RegExp(
    `^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?$`,
  );
  const match = pattern.exec(text);
  if (match === null) return null;
  const core = match.slice(1, 4).map(Number);
  if (match[4] === undefined) return [...core, highest];
  // Of two pre-releases the one with more parts is newer; numbers are older than words.
  return [...core, 0, ...match[4].split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))];
}

const pep440 =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i;
const stages: Readonly<Record<string, number>> = {
  alpha: 1,
  a: 1,
  beta: 2,
  b: 2,
  preview: 3,
  pre: 3,
  c: 3,
  rc: 3,
};

function parsePep440(text: string): Part[] | null {
  const match = pep440.exec(text);
  if (match === null) return null;
  const [, epoch, release = '', stage, stageNumber, dashPost, post, postNumber, dev, local] = match;
  const isPost = dashPost !== undefined || post !== undefined;
  const stageRank =
    stage !== undefined ? (stages[stage.toLowerCase()] ?? 3) : dev !== undefined && !isPost ? 0 : 4;
  return [
    Number(epoch ?? 0),
    ...padRelease(release.split('.').map(Number)),
    stageRank,
    Number(stageNumber || 0),
    isPost ? Number(dashPost ?? (postNumber || 0)) : lowest,
    dev === undefined ? highest : Number(dev || 0),
    ...(local === undefined
      ? [lowest]
      : local.split(/[-_.]/).map((part) => (/^\d+$/.test(part) ? Number(part) : part))),
  ];
}

/** 1.0 and 1.0.0 are one version. */
function padRelease(parts: readonly number[]): number[] {
  return Array.from({ length: 12 }, (_, index) => parts[index] ?? 0);
}

function compareParts(left: readonly Part[], right: readonly Part[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, two] = [left[index], right[index]];
    if (one === undefined) return -1;
    if (two === undefined) return 1;
    if (one === two) continue;
    if (typeof one !== typeof two) return typeof one === 'number' ? -1 : 1;
    return one < two ? -1 : 1;
  }
  return 0;
}
