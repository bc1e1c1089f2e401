/** The version of all scripts; `package.json` says the same. */
export const version = '1.0.0';
