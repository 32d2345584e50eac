/** What ways of running programs share. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files import each other without an extension. */
export const withExtension = (text, { extension }) =>
  text.replaceAll(/(["'])(\.\/[\w-]+)\1/g, (_, quote, path) => `${quote}${path}${extension}${quote}`);

/** Waits for what the programs show. */
export const PENDING = 'await Promise.all(globalThis.pending);\n';
/** What a process says at its end. */
export const LAST = `${PENDING}process.stdout.write(\`\\nEDITS \${JSON.stringify(globalThis.edits)}\\n\`);\n`;

export const imports = (programs) =>
  programs
    .map((path) => `await import(${JSON.stringify(pathToFileURL(path).href)}).catch((e) => console.error(e));\n`)
    .join('');

export function starter(folder, name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Node, with the programs as ES modules. */
export const startModules =
  (...flags) =>
  ({ folder, programs, node }) => ({
    command: [node, '--no-warnings', ...flags, starter(folder, 'start.mjs', imports(programs) + LAST)],
  });

/** Loads a package of the tools, or else of this project. */
export function load(tools, name) {
  return createRequire(tools === undefined ? import.meta.url : join(tools, 'package.json'))(name);
}

/** ES modules as CommonJS. */
export function asCommonJs(text) {
  const { transformSync } = createRequire(import.meta.url)('esbuild');
  return transformSync(text, { format: 'cjs', platform: 'node', supported: { 'dynamic-import': false } }).code;
}
