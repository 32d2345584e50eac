// What the analyses of all files say together, and a digest by which two runs can be compared.
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

/** @param {import('./analyse.mjs').Analysis[]} analyses */
export function summarise(analyses) {
  const uses = analyses.flatMap(({ fileName, names }) =>
    [...names].map(([name, count]) => ({ fileName, name, count })),
  );
  return {
    symbols: analyses.reduce((sum, { symbols }) => sum + symbols, 0),
    nodes: analyses.reduce((sum, { nodes }) => sum + nodes, 0),
    depth: Math.max(...analyses.map(({ depth }) => depth)),
    mostUsed: uses.reduce((most, use) => (use.count > most.count ? use : most)),
    digest: createHash('sha256').update(describeExactly(analyses)).digest('hex'),
  };
}

/** @param {unknown} value */
function describeExactly(value) {
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });
}
