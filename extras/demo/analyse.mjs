// The slow function of the demo: it parses one TypeScript file and counts what is in it. It knows nothing of caching.
import ts from 'typescript';

/**
 * @typedef {object} Analysis
 * @property {string} fileName
 * @property {number} symbols How many things the file declares.
 * @property {number} nodes How many nodes its syntax tree has.
 * @property {number} depth How deep the tree is nested.
 * @property {Map<string, number>} names The ten identifiers used most, with their counts.
 */

/**
 * @param {string} fileName
 * @param {string} text
 * @returns {Analysis}
 */
export function analyse(fileName, text) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest);
  const found = { symbols: 0, nodes: 0, depth: 0, names: new Map() };
  visit(source, 1, found);
  const names = [...found.names].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 10);
  return { fileName, ...found, names: new Map(names) };
}

/**
 * Walks the tree and adds up what it meets.
 *
 * @param {ts.Node} node
 * @param {number} depth
 * @param {{ symbols: number, nodes: number, depth: number, names: Map<string, number> }} found
 */
export function visit(node, depth, found) {
  found.nodes += 1;
  found.depth = Math.max(found.depth, depth);
  if ('name' in node && node.name) found.symbols += 1;
  if (ts.isIdentifier(node)) found.names.set(node.text, (found.names.get(node.text) ?? 0) + 1);
  ts.forEachChild(node, (child) => visit(child, depth + 1, found));
}
