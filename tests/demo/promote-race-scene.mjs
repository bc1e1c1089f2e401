import { Images, NAMES, moves } from './images.mjs';

export const title = 'Two promotions race, and the newer one wins';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const images = stage.images ?? (await Images.open(stage));
  for (const [name, weight] of /** @type {const} */ ([
    ['C', 100],
    ['D', 1000],
  ])) {
    const files = { 'src/price.js': `export const price = (grams) => grams * ${2 / weight};\n` };
    const sha = stage.repo.pushCommit({ branch: 'main', message: `price by ${weight} g`, files, by: 'ada' });
    stage.commits[name] = sha;
    images.build(sha);
  }
  const [older, newer] = [stage.commit('C'), stage.commit('D')];
  stage.say(
    `Ada pushes ${stage.name('C')} and then ${stage.name('D')}; both are tested and built. Both promotions see ` +
      'B in production, and both may follow it. Then C is slow: its write leaves, and lands only after D has ' +
      'moved both tags. No registry can refuse that write.',
  );
  const race = holdFirstWrite(images);
  const args = (/** @type {string} */ sha) => [...images.options, '--settle', '600ms', '--sha', sha];
  const env = images.login;
  const c = stage.begin('promote-image', args(older), { env });
  const d = stage.begin('promote-image', args(newer), { env, after: race.held });
  const [slow, fast] = [await stage.tell(c), await stage.tell(d)];
  images.before = null;
  stage.bash('the last write wins: C, the older one, and no run is red.');
  stage.expect(race.landed(), 'the write of C lands after those of D');
  stage.decides(slow, {
    what: 'C sees that D has come, and leaves it the tags',
    code: 0,
    outputs: { decision: 'superseded', proceed: 'false' },
  });
  stage.decides(fast, {
    what: 'D puts back what C moved, and is in production',
    code: 0,
    outputs: { decision: 'promoted', proceed: 'true' },
  });
  stage.expect(
    images.serve([older, newer]).every((sha) => sha === newer),
    'both tags serve D',
  );
}

/** The writes of the first run wait until the second, which starts a little later, has moved both tags. @param {Images} images */
function holdFirstWrite(images) {
  /** @type {(value?: undefined) => void} */
  let tellHeld = () => {};
  /** @type {(value?: undefined) => void} */
  let release = () => {};
  const held = new Promise((done) => (tellHeld = done));
  const released = new Promise((done) => (release = done));
  const moved = new Set();
  let firstRun = true;
  let late = false;
  images.before = async (seen) => {
    const name = NAMES.find((each) => moves(seen, each));
    if (name === undefined) return;
    if (!firstRun || late) {
      moved.add(name);
      // Not before this write has been served.
      if (moved.size === NAMES.length) setTimeout(release, 20);
      return;
    }
    setTimeout(() => {
      firstRun = false;
      tellHeld();
    }, 50);
    await released;
    late = moved.size === NAMES.length;
  };
  return { held, landed: () => late };
}
