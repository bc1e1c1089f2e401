// `npm run demo`: one true story, told by the vendored scripts, on servers of its own, with nothing installed.
// Exit 0 only if every decision was the right one.
import { openStage } from './stage.mjs';
import { Story } from './story.mjs';
import * as tested from './tested-scene.mjs';
import * as suppressed from './suppressed-scene.mjs';
import * as promoteImage from './promote-image-scene.mjs';
import * as race from './race-scene.mjs';
import * as superseded from './superseded-scene.mjs';
import * as tenant from './tenant-scene.mjs';
import * as promoteRace from './promote-race-scene.mjs';
import * as lint from './lint-scene.mjs';
import * as outage from './outage-scene.mjs';

/** @typedef {{ title: string, scene: (stage: import('./stage.mjs').Stage) => Promise<void> }} Scene */

/** In the order of the story: later scenes play on the commits of earlier ones. @type {Scene[]} */
const scenes = [tested, suppressed, promoteImage, race, superseded, tenant, promoteRace, lint, outage];

const started = Date.now();
const story = new Story({
  write: (text) => void process.stdout.write(text),
  colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
});
const stage = await openStage(story);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => void stage.close().finally(() => process.exit(130)));
try {
  introduce();
  for (const { title, scene } of scenes) await play(title, scene);
  stage.expect(stage.forge.errors.length === 0, `the embedded forge met no fault of its own`);
} finally {
  await stage.close();
}
close();

function introduce() {
  story.line(story.paint('bold', 'switchyard: how a commit gets to production, and what must not'));
  const behind =
    stage.git === null
      ? 'No git that can serve was found, so there is none behind it.'
      : `Behind it lies a real bare repository of git ${stage.git}.`;
  story.say(
    `On 127.0.0.1 there is now a small server that answers as a Gitea ${stage.forge.options.flavour.replace('gitea-', '')} was recorded to answer, with ` +
      `the repository ${stage.repo.fullName}, and the three tenants that run the shop. ${behind}`,
  );
  story.say(
    'What runs below are the files of vendor/, as processes of their own, with the variables of a job: ' +
      'GITHUB_API_URL, GITHUB_REPOSITORY and a token. Nothing leaves this machine.',
  );
}

/** @param {string} title @param {Scene['scene']} scene */
async function play(title, scene) {
  story.heading(title);
  try {
    await scene(stage);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stage.expect(false, stage.hide(`"${title}" plays to its end: ${words}`));
  }
}

function close() {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const right = stage.wrong.length === 0 && stage.decisions > 0;
  story.line();
  story.line(
    story.paint(
      right ? 'green' : 'red',
      `${story.scenes} scenes, ${stage.right} of ${stage.decisions} decisions right, ${seconds} s`,
    ),
  );
  for (const wrong of stage.wrong) story.line(`wrong: ${stage.hide(wrong)}`);
  process.exitCode = right ? 0 : 1;
}
