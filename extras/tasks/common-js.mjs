/** Makes CommonJS of the chunks that rollup writes as ES modules. */
import { basename } from 'node:path';
import { transformSync } from '@swc/core';
import { parseAst } from 'rollup/parseAst';
import { CORE, LATER_OF_NODE } from './parts.mjs';

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
  const result = transformSync(takeFromNode(code), { swcrc: false, jsc, module }).code;
  if (basename(fileName) === basename(core)) checkThatNothingIsNeeded(fileName, result);
  return guardParts(result, fileName).replaceAll(/require\("(node:[^"]+)"\)/g, (_, name) => fromNode(name));
}

/** What a user requires: the public names of a part. */
export function entryOf({ fileName, code, exports, moduleIds }) {
  const isPart = moduleIds.length > 0;
  const [part, ...others] = isPart
    ? [basename(fileName)]
    : [...code.matchAll(/ from '\.\/(.*)';/g)].map(([, path]) => path);
  if (others.length > 0)
    throw new Error(`${fileName} takes its names from more than one part: ${[part, ...others].join(', ')}`);
  if (exports.length === 0) return `require('./parts/${part}');\n`;
  const lines = exports.map((name) => `exports.${name} = part.${name};\n`);
  return `'use strict';\n\nconst part = require('./parts/${part}');\n\n${lines.join('')}`;
}

/** What a user imports: the very same, by name. The entry is small, for Node reads through what is imported for its names. */
export function facadeOf({ fileName, exports }) {
  return `import entry from './${basename(fileName)}';\n\nexport const { ${exports.join(', ')} } = entry;\n`;
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

/**
 * What a module imports or hands on that it needs while it is loaded.
 *
 * @param {{ ast: object, importedIdResolutions: readonly { id: string }[], importedIds: readonly string[] }} info of rollup
 */
export function neededAtOnce({ ast, importedIds }) {
  const sources = ast.body.filter(({ source }) => source).map(({ source }) => source.value);
  const idOf = new Map([...new Set(sources)].map((source, index) => [source, importedIds[index]]));
  const given = ast.body
    .filter(({ type, source }) => source && type.startsWith('Export'))
    .map(({ source }) => source.value);
  const names = new Map();
  for (const { type, source, specifiers } of ast.body) {
    if (type === 'ImportDeclaration') for (const { local } of specifiers) names.set(local.name, source.value);
  }
  const used = [];
  for (const node of ast.body.filter(({ type }) => type !== 'ImportDeclaration')) {
    visitAtOnce(node, ({ type, name }) => type === 'Identifier' && names.has(name) && used.push(names.get(name)));
  }
  return [...new Set([...given, ...used])].map((source) => idOf.get(source)).filter(Boolean);
}

/** Visits what is evaluated when a module is, and neither what its functions do nor the names of properties. */
function visitAtOnce(node, visit) {
  if (/Function/.test(node.type) || (node.type === 'PropertyDefinition' && !node.static)) return;
  visit(node);
  for (const child of childrenOf(node)) visitAtOnce(child, visit);
}

function childrenOf(node) {
  const isName = (field) => (field === 'key' || field === 'property') && !node.computed;
  const fields = Object.entries(node).filter(([field]) => !isName(field));
  return fields.flatMap(([, child]) => child).filter((child) => typeof child?.type === 'string');
}
