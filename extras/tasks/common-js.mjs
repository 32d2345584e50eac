/** Makes CommonJS of the chunks that rollup writes as ES modules. */
import { basename } from 'node:path';
import { transformSync } from '@swc/core';
import { parseAst } from 'rollup/parseAst';
import { CORE, LATER_OF_NODE } from './parts.mjs';
import { namesThatChange, visitAtOnce } from './syntax.mjs';

const core = `./${CORE}.cjs`;

/**
 * A part: it requires the core at once, and other parts, packages and some modules of Node when it first uses them.
 *
 * @param {{ fileName: string, code: string, imports: readonly string[] }} chunk of rollup
 * @throws Error for a part that needs another one while it is loaded
 */
export function toCommonJs({ fileName, code, imports }) {
  const taken = imports.map((path) => (path.startsWith('parts/') ? `./${basename(path)}` : path));
  const later = taken.filter((path) => (path.startsWith('node:') ? LATER_OF_NODE.includes(path) : path !== core));
  const module = { type: 'commonjs', lazy: later, importInterop: 'none' };
  const jsc = { parser: { syntax: 'ecmascript' }, target: 'esnext' };
  const { rest, given } = takeExports(code);
  const result = transformSync(takeFromNode(rest), { swcrc: false, jsc, module }).code;
  if (basename(fileName) === basename(core)) checkThatNothingIsNeeded(fileName, result);
  return guardParts(result + given, fileName).replaceAll(/require\("(node:[^"]+)"\)/g, (_, name) => fromNode(name));
}

/**
 * What can be imported or run of a part.
 *
 * @returns {{ name: string, part: string, names: readonly string[] }} the part is the file that has it
 * @throws Error for names of several parts: all would be loaded
 */
export function entryOf({ name, fileName, code, exports, moduleIds }) {
  const isPart = moduleIds.length > 0;
  const parts = isPart ? [basename(fileName)] : [...code.matchAll(/ from '\.\/(.*)';/g)].map(([, path]) => path);
  if (parts.length !== 1) throw new Error(`${name} takes its names from several parts: ${parts.join(', ')}`);
  return { name, part: parts[0], names: exports };
}

/** The end of a part that has what can be imported. */
export function endOfPart({ name, names }) {
  return names.length === 0
    ? ''
    : `exports['$${name}'] = { ${names.map((one) => `${one}: exports.${one}`).join(', ')} };\n`;
}

/** What a user requires. It is short, and in a form that says no names: Node reads through what a facade imports for them, slowly. */
export function entryText({ name, part, names }) {
  if (names.length === 0) return `require('./parts/${part}');\n`;
  return `'use strict';\nconst part = require('./parts/${part}');\nmodule.exports = part['$${name}'];\n`;
}

/** What a user imports: the very same, by name. */
export function facadeText({ name, names }) {
  return `import entry from './${name}.cjs';\n\nexport const { ${names.join(', ')} } = entry;\n`;
}

/**
 * What a part gives to others is written down once, at its end: a getter for each takes four times as long to load. Only what
 * changes later needs one.
 */
function takeExports(code) {
  const [statement, list] = /^export \{ (.*) \};$/m.exec(code) ?? [];
  if (statement === undefined) return { rest: code, given: '' };
  const changing = namesThatChange(parseAst(code));
  const pairs = list.split(', ').map((one) => one.split(' as '));
  const changed = pairs.filter(([local]) => changing.has(local)).map((pair) => pair.join(' as '));
  const fixed = pairs.filter(([local]) => !changing.has(local));
  return {
    rest: code.replace(statement, changed.length === 0 ? '' : `export { ${changed.join(', ')} };`),
    given: fixed.map(([local, name = local]) => `exports.${name} = ${local};\n`).join(''),
  };
}

/**
 * Modules of Node come from Node and not from `require`, which is missing in a bundle that is an ES module; and their
 * functions are taken when the part is loaded, before any test replaces them. Only `process` is the one of its realm: Jest
 * gives each test file another environment.
 */
function takeFromNode(code) {
  return code.replaceAll(/^import (.*) from '(node:[^']+)';$/gm, (line, clause, name) => {
    const [, namespace, given, names] = /^(?:\* as (\S+)|([^\s{,]+))?(?:, )?(?:\{ (.*) \})?$/.exec(clause) ?? [];
    const whole = namespace ?? given;
    if (name === 'node:process') return whole === 'process' ? '' : `const ${whole} = process;`;
    if (LATER_OF_NODE.includes(name)) return laterImport(line, whole);
    const members =
      names === undefined ? '' : `const { ${names.replaceAll(' as ', ': ')} } = ${whole ?? fromNode(name)};`;
    return whole === undefined ? members : `const ${whole} = ${fromNode(name)}; ${members}`;
  });
}

/** @throws Error for an import of all of a module that is loaded later: only its members can be */
function laterImport(line, whole) {
  if (whole === undefined) return line;
  throw new Error(`Import the members by name: ${line}`);
}

/** Node 22.0 to 22.2 lack `getBuiltinModule`. */
function fromNode(name) {
  return `(process.getBuiltinModule?.('${name}') ?? require('${name}'))`;
}

/** A part that cannot be loaded, for too many files are open, is a failure of the store and of nothing else. */
function guardParts(code, fileName) {
  const guarded = code.replaceAll(/const data = (require\("\.\/[^"]+"\));/g, 'const data = loadPart(() => $1);');
  if (guarded === code) return code;
  const errors = basename(fileName) === basename(core) ? 'exports' : `require("${core}")`;
  return `${guarded}
function loadPart(load) {
    try {
        return load();
    } catch (cause) {
        const [why] = String(cause.message).split('\\n');
        throw new ${errors}.StoreError(\`A part of tempcache could not be loaded: \${why}\`, { cause });
    }
}
`;
}

function checkThatNothingIsNeeded(fileName, code) {
  const found = new Set();
  const program = parseAst(code);
  const names = program.body.filter(({ type }) => type === 'FunctionDeclaration').map(({ id }) => id.name);
  const lazy = new Set(names.filter((name) => code.includes(`${name} = function() {\n        return data;`)));
  visitAtOnce(program, ({ type, callee }) => {
    if (type === 'CallExpression' && lazy.has(callee.name)) found.add(callee.name);
  });
  if (found.size > 0) throw new Error(`${fileName} needs ${[...found].join(', ')} while it is loaded`);
}
