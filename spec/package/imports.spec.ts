import { describe, expect, it } from '@jest/globals';
import { entries, node, write } from '../support/packed.ts';
import { publicNames } from '../support/public-names.ts';

describe.each(entries)('%s', (entry) => {
  it('is imported by an ES module', async () => {
    const file = await write(
      'list.mjs',
      `import(process.argv[2]).then((m) => console.log(Object.keys(m).sort().join()));`,
    );
    expect((await node(file, entry)).split(',')).toStrictEqual(publicNames[entry]);
  });

  it('is required by a CommonJS module', async () => {
    const file = await write('list.cjs', `console.log(Object.keys(require(process.argv[2])).sort().join());`);
    expect((await node(file, entry)).split(',')).toStrictEqual(publicNames[entry]);
  });

  it('is one and the same for both kinds of module', async () => {
    const file = await write(
      'same.mjs',
      `import { createRequire } from 'node:module';
       const imported = await import(process.argv[2]);
       const required = createRequire(import.meta.url)(process.argv[2]);
       console.log(Object.keys(imported).filter((name) => imported[name] !== required[name]).join() || 'the same');`,
    );
    expect(await node(file, entry)).toBe('the same');
  });
});

describe('the package', () => {
  it('has the same classes in all entries', async () => {
    const file = await write(
      'classes.cjs',
      `const { MissingItemError, UnserializableError } = require('tempcache');
       const { CacheInspector } = require('tempcache/inspect');
       const { devalueSerializer } = require('tempcache/devalue');
       const { serialize } = require('tempcache/v8-serializer-utils');
       const thrown = (call) => { try { call(); } catch (error) { return error; } };
       const missing = thrown(() => new CacheInspector('nothing').read('0'.repeat(64)));
       const refused = [thrown(() => devalueSerializer().serialize(() => 1)), thrown(() => serialize(() => 1))];
       console.log(missing instanceof MissingItemError, ...refused.map((error) => error instanceof UnserializableError));`,
    );
    expect(await node(file)).toBe('true true true');
  });

  it('shows its package.json', async () => {
    const file = await write('version.cjs', `console.log(require('tempcache/package.json').name);`);
    expect(await node(file)).toBe('tempcache');
  });

  it('keeps its other files to itself', async () => {
    const file = await write(
      'inner.mjs',
      `import('tempcache/dist/index.mjs').catch((error) => console.log(error.code));`,
    );
    expect(await node(file)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
