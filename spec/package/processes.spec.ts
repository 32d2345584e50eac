import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { node, project, write } from '../support/packed.ts';

/** Prints a value that JSON could not carry, and notes every computation in a file. */
const body = `
const [, , folder, log] = process.argv;
const load = new TempCache(folder).wrap(FUNCTION load(id) {
  appendFileSync(log, 'computed ');
  return { zero: -0, when: new Date(id), parts: new Map([[id, new Set([undefined, 2n])]]) };
});
Promise.resolve(load(7)).then((value) => console.log(inspect(value, { depth: null })));
`;
const imports = `import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { TempCache } from 'tempcache';`;
const requires = `const { appendFileSync } = require('node:fs');
const { inspect } = require('node:util');
const { TempCache } = require('tempcache');`;

describe('a function that the installed package caches', () => {
  it.each([
    ['a sync function of an ES module', 'sync.mjs', imports + body.replace('FUNCTION', 'function')],
    ['an async function of an ES module', 'async.mjs', imports + body.replace('FUNCTION', 'async function')],
    ['a sync function of a CommonJS module', 'sync.cjs', requires + body.replace('FUNCTION', 'function')],
  ])('runs in the first process and is served in the second: %s', async (_, name, script) => {
    const file = await write(name, script);
    const args = [join(project, `${name}-cache`), join(project, `${name}.log`)] as const;
    const first = await node(file, ...args);
    const second = await node(file, ...args);
    expect(first).toContain('zero: -0,');
    expect(second).toBe(first);
    expect(await readFile(args[1], 'utf8')).toBe('computed ');
  });
});

/** Fills the stack, and prints how deep it came with a cache, whether a lease is left, and what a call gives then. */
const recursion = `
const [, , folder] = process.argv;
const depths = [];
let end = Infinity;
let next;
function down(n) {
  depths[0] = n;
  return n >= end ? n : next(n + 1);
}
const cached = new TempCache(folder).wrap(down);
for (const way of [down, cached]) {
  next = way;
  depths.unshift(0);
  try { next(1); } catch (error) { if (!(error instanceof RangeError)) throw error; }
}
end = 0;
const isLease = (name) => name.endsWith('.lease');
console.log(inspect({ isDeep: depths[0] > depths[1] / 4 || depths[0] > 2500, leases: readdirSync(folder).filter(isLease), value: next(0) }));
`;

describe('a synchronous function of an installed package that calls itself', () => {
  // A bundler may leave out what seems to do nothing.
  it('gets deep, and leaves no lease when it fills the stack', async () => {
    const file = await write('recursion.mjs', imports.replace('appendFileSync', 'readdirSync') + recursion);
    const said = await node(file, join(project, 'recursion-cache'));
    expect(said.trim()).toBe('{ isDeep: true, leases: [], value: 0 }');
  });
});
