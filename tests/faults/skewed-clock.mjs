// Loaded before a bundle: its machine's clock is wrong by as much as CLOCK_SKEW_MS says.
const skewMs = Number(process.env['CLOCK_SKEW_MS']);
const TrueDate = Date;

globalThis.Date = /** @type {DateConstructor} */ (
  /** @type {unknown} */ (
    class extends TrueDate {
      /** @param {...unknown} parts */
      constructor(...parts) {
        super(.../** @type {[number]} */ (parts.length === 0 ? [TrueDate.now() + skewMs] : parts));
      }

      /** @override */
      static now() {
        return TrueDate.now() + skewMs;
      }
    }
  )
);
