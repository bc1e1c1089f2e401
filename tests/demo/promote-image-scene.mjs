import { Images, moves } from './images.mjs';

export const title = 'Two images move together, or not at all';

/** @param {import('./stage.mjs').Stage} stage */
export async function scene(stage) {
  const images = await Images.open(stage);
  stage.images = images;
  const [first, older, newer] = [stage.commit('first'), stage.commit('A'), stage.commit('B')];
  images.build(first, 'latest');
  images.build(older);
  images.build(newer);
  const promote = ['--settle', '200ms', '--sha', newer];

  stage.say(
    `The shop is two images that only work as a pair, platform and tenant. The build of ${stage.name('B')} is ` +
      'done first, and is promoted. Half way the registry says no: this account may not write the second image.',
  );
  images.fault = (seen) => {
    if (!moves(seen, 'acme/tenant')) return null;
    seen.method = 'GET'; // refused, so nothing is written
    return { kind: 'answer', status: 403, body: { errors: [{ code: 'DENIED', message: 'may not write' }] } };
  };
  const half = await stage.run('promote-image', [...images.options, ...promote], images.login);
  images.fault = null;
  stage.bash(
    'a loop of `crane tag` ends here: the new platform beside the old tenant, in production, until somebody ' +
      'looks.',
  );
  stage.decides(half, {
    what: 'what was moved is taken back: the old pair is whole',
    code: 1,
    outputs: { decision: 'rolled-back', proceed: 'false' },
    says: /acme\/tenant\/manifests\/latest answered 403/,
  });
  const all = [first, older, newer];
  stage.expect(
    images.serve(all).every((sha) => sha === first),
    'both tags serve what they served before',
  );

  stage.say('The right is given, and the job is run again:');
  const moved = await stage.run('promote-image', [...images.options, ...promote], images.login);
  stage.decides(moved, {
    what: 'B is in production, both images of it',
    code: 0,
    outputs: { decision: 'promoted', proceed: 'true', changed: 'true' },
  });
  stage.expect(
    images.serve(all).every((sha) => sha === newer),
    'both tags serve B',
  );
}
