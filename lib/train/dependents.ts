import { CouldNotTell, UsageError } from '../errors.ts';
import { fetchFileText } from '../forge/contents.ts';
import { parseJson } from '../manifest.ts';
import { selectStrings } from '../select.ts';
import { configForms, type TrainCascade } from './config.ts';
import type { Surveyor } from './surveyor.ts';

/** The repositories that the manifest names, in its order. Throws UsageError where it names none. */
export function parseDependents(text: string, cascade: TrainCascade): string[] {
  const source = `the manifest "${cascade.manifest}"`;
  const repos = [...new Set(selectStrings(parseJson(text, source), cascade.select, source))];
  if (repos.length === 0)
    throw new UsageError(
      `Cannot use ${source}: cascade.select "${cascade.select}" selects nothing from it; mend the path`,
    );
  const strange = repos.find((repo) => !configForms.repo.test(repo));
  if (strange !== undefined)
    throw new UsageError(
      `Cannot use ${source}: cascade.select "${cascade.select}" gives "${strange}", no owner/name; mend the path or the manifest`,
    );
  return repos;
}

/** The manifest's text on the train's last branch. Throws CouldNotTell where it is not there. */
export async function fetchManifestText(surveyor: Surveyor, file: string): Promise<string> {
  const { forge, config } = surveyor;
  const branch = config.branches.at(-1) as string;
  const text = await fetchFileText(forge, file, branch);
  if (text !== null) return text;
  throw new CouldNotTell(
    `Cannot read cascade.manifest "${file}": it is neither beside the train's file nor on ${branch} of ${forge.repo}; check the path`,
  );
}
