// The shop's two images, in an embedded registry: what a build pushes, and what a tag serves.
import { makeMultiPlatform } from '../support/registry/images.mjs';
import { startRegistry } from '../support/registry/registry.mjs';

/** @typedef {import('../support/registry/registry.mjs').Seen} Seen */
/** @typedef {import('../support/http-faults.mjs').WireFault} WireFault */

/** The two images that must move together. */
export const NAMES = ['acme/platform', 'acme/tenant'];

export class Images {
  /** @param {import('./stage.mjs').Stage} stage */
  static async open(stage) {
    const images = new Images(stage);
    images.registry = await startRegistry({
      mode: 'docker-htpasswd',
      users: { ci: images.password },
      fault: (seen) => images.fault?.(seen) ?? null,
      before: (seen) => images.before?.(seen),
    });
    stage.onClose(() => images.registry.close());
    return images;
  }

  /** @param {import('./stage.mjs').Stage} stage */
  constructor(stage) {
    this.password = stage.addSecret();
    stage.secrets.push(Buffer.from(`ci:${this.password}`).toString('base64'));
    this.registry = /** @type {Awaited<ReturnType<typeof startRegistry>>} */ (/** @type {unknown} */ (null));
    /** @type {((seen: Seen) => WireFault | null) | null} */
    this.fault = null;
    /** @type {((seen: Seen) => void | Promise<void>) | null} */
    this.before = null;
  }

  /** What a job logs in with. @returns {Record<string, string>} */
  get login() {
    return { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: this.password };
  }

  /** Two platforms and a provenance each, labelled with their commit. @param {string} sha @param {...string} tags */
  build(sha, ...tags) {
    for (const name of NAMES) {
      const image = makeMultiPlatform(sha, { salt: name });
      this.registry.push(name, image, `staging-${sha.slice(0, 7)}`, ...tags);
    }
  }

  /** Which of these commits a tag serves, one answer an image. @param {string[]} shas @param {string} [tag] */
  serve(shas, tag = 'latest') {
    return NAMES.map((name) =>
      shas.find(
        (sha) => this.registry.digest(name, tag) === this.registry.digest(name, `staging-${sha.slice(0, 7)}`),
      ),
    );
  }

  /** @param {string} name @param {string} [tag] */
  reference(name, tag = 'latest') {
    return `${this.registry.host}/${name}:${tag}`;
  }

  /** The options that name both images. */
  get options() {
    return NAMES.flatMap((name) => ['--image', `${this.registry.host}/${name}`]);
  }
}

/** Is it a write of this tag? @param {Seen} seen @param {string} name @param {string} [tag] */
export function moves({ method, path }, name, tag = 'latest') {
  return method === 'PUT' && path === `/v2/${name}/manifests/${tag}`;
}
