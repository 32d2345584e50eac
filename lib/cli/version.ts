/** The version of the package, as package.json says it: a bundle has no package.json to read. */
export const VERSION = '0.1.0';
