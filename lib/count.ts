/** `1 tenant`, `2 tenants`. */
export function countOf(number: number, thing: string): string {
  return `${number} ${number === 1 ? thing : `${thing}s`}`;
}

/** The verb that goes with a number of things: `1 is`, `2 are`. */
export function verbOf(number: number, one: string, many: string): string {
  return number === 1 ? one : many;
}
