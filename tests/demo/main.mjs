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
import * as cascade from './cascade-scene.mjs';
import * as lint from './lint-scene.mjs';
import * as train from './train-scene.mjs';
import * as outage from './outage-scene.mjs';

/** @typedef {{ title: string, scene: (stage: import('./stage.mjs').Stage) => Promise<void> }} Scene */

/** In the order of the story: each plays on the commits of those before it. @type {Scene[]} */
const line = [tested, suppressed, promoteImage, race, superseded, tenant, promoteRace];
/** These play on repositories of their own, beside the others, and are told after them. @type {Scene[]} */
const asides = [cascade, lint, train];
/** @type {Scene[]} */
const last = [outage];

const started = Date.now();
const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
const story = new Story({ write: (text) => void process.stdout.write(text), colour });
const stage = await openStage(story);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => void stage.close().finally(() => process.exit(130)));
let told = 0;
try {
  introduce();
  const begun = asides.map(begin);
  for (const scene of line) await play(stage, ++told, scene);
  for (const finish of begun) await finish(++told);
  for (const scene of last) await play(stage, ++told, scene);
  stage.expect(stage.forge.errors.length === 0, 'the embedded forge met no fault of its own');
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

/** @param {import('./stage.mjs').Stage} on @param {number} number @param {Scene} scene */
async function play(on, number, { title, scene }) {
  on.story.heading(number, title);
  await perform(on, { title, scene });
}

/** Starts a scene now; what is given back tells it. @param {Scene} scene @returns {(number: number) => Promise<void>} */
function begin(scene) {
  /** @type {string[]} */
  const kept = [];
  const aside = stage.aside(new Story({ write: (text) => void kept.push(text), colour }));
  const played = perform(aside, scene);
  return async (number) => {
    story.heading(number, scene.title);
    await played;
    story.write(kept.join(''));
  };
}

/** @param {import('./stage.mjs').Stage} on @param {Scene} scene */
async function perform(on, { title, scene }) {
  try {
    await scene(on);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    on.expect(false, stage.hide(`"${title}" plays to its end: ${words}`));
  }
}

function close() {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const { decisions, right: good, wrong } = stage.score;
  const right = wrong.length === 0 && decisions > 0;
  story.line();
  story.line(
    story.paint(
      right ? 'green' : 'red',
      `${told} scenes, ${good} of ${decisions} decisions right, ${seconds} s`,
    ),
  );
  for (const each of wrong) story.line(`wrong: ${stage.hide(each)}`);
  process.exitCode = right ? 0 : 1;
}
