/**
 * Edits of programs: what is edited, and whether the cached value has to be computed anew for it.
 *
 * Each program is one to three ES modules in TypeScript's common ground with JavaScript. `main` imports `cached` from nowhere: it is
 * a function that caches another one, prints what the call gives, and whether it was computed. `edit` replaces texts in one file.
 * `to` is what is right before and after the edit; `again` says that an edit which changes nothing is computed anew all the same.
 * `needs` are packages; `only` and `without` are ways of running; `isUnshared`: its entries serve one process.
 */
import { CASES as bundlers } from './cases/bundlers.mjs';
import { CASES as code } from './cases/code.mjs';
import { CASES as formats } from './cases/formats.mjs';
import { CASES as harmless } from './cases/harmless.mjs';
import { CASES as opaque } from './cases/opaque.mjs';
import { CASES as packages } from './cases/packages.mjs';
import { CASES as realistic } from './cases/realistic.mjs';
import { CASES as values } from './cases/values.mjs';

export const CASES = { ...code, ...values, ...opaque, ...harmless, ...bundlers, ...packages, ...realistic, ...formats };
