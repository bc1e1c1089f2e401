const TrueDate = Date;

/**
 * A `Date` whose clock is wrong.
 * @param {number} ms
 */
export function skewDate(ms) {
  const skewed = class extends TrueDate {
    /** @param {...unknown} parts */
    constructor(...parts) {
      super(.../** @type {[number]} */ (parts.length === 0 ? [skewed.now()] : parts));
    }

    /** @override */
    static now() {
      return TrueDate.now() + ms;
    }
  };
  return /** @type {DateConstructor} */ (/** @type {unknown} */ (skewed));
}
