/** A program of one file: its text, what is edited, what is right before and after that, and more. */
export const one = (main, [from, to], ...[values, more]) => ({
  files: { main },
  edit: ['main', from, to],
  to: values,
  ...more,
});

/** A program of two files, of which the second is edited. */
export const two = ([main, lib], [from, to], ...[values, more]) => ({
  files: { main, lib },
  edit: ['lib', from, to],
  to: values,
  ...more,
});

/** Ways in which packages that are ES modules alone cannot be loaded. */
export const COMMON_JS = ['cjs', 'jest', 'jest-coverage'];

/** Bundles of ES modules, in which packages cannot require modules of Node. */
export const BUNDLES = ['bundled', 'minified', 'rollup'];

/** A program that imports a package. */
export const using = ([name, clause], [text, edit, to], more = {}) =>
  one(`import ${clause} from "${name}";\n${text}`, edit, to, { needs: [name], ...more });
