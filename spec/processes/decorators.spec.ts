import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { transform } from '@swc/core';
import ts from 'typescript';
import { built } from '../support/built.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { useScripts } from '../support/script-process.ts';

const SCRIPTS = join(import.meta.dirname, 'scripts');

/** Each call with what it gave and how often a function ran for it. */
const SEEN = {
  instances: [
    [20, 1],
    [20, 0],
    [30, 1],
  ],
  equal: [20, 0],
  subclass: [
    [10, 2],
    [10, 0],
    [20, 0],
  ],
  later: [3, 3, 4],
  static: [
    [2, 1],
    [2, 0],
    [2, 0],
  ],
  ignoring: [
    [3, 2],
    [3, 0],
  ],
  staticThis: ['ERR_TEMPCACHE_UNKEYABLE', 'this', true],
  staticKey: [
    ['Outlet', 1],
    ['Outlet', 0],
  ],
  private: [
    [7, 1],
    [7, 0],
    [8, 1],
  ],
  generator: [
    [0, 2, 4],
    [0, 2, 4],
    [0, 3, 6],
  ],
  // What has no such private field makes the method itself throw; a method within `this` cannot be keyed.
  borrowed: [
    [null, null, false],
    [null, null, false],
    ['ERR_TEMPCACHE_UNKEYABLE', 'this.price', false],
  ],
  names: ['price', 1, 'round'],
  events: ['miss Shop.later', 'save Shop.later', 'hit Shop.later', 'miss Shop.later', 'save Shop.later'],
};

/** As a user's build does it, but that the imports lead to what the specs have built. */
function compile(text: string, options: ts.CompilerOptions): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, ...options };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  return outputText.replaceAll(/from '(\.[^']+)'/g, (_, path: string) => {
    const source = resolve(SCRIPTS, path).slice(resolve(SCRIPTS, '../../..').length + 1);
    return `from '${pathToFileURL(built(source)).href}'`;
  });
}

const LEGACY = `
import { cacheKey, memoryStore, TempCache } from '../../../lib/index.ts';
const cache = new TempCache('legacy', { store: memoryStore() });
class Shop {
  @DECORATOR
  price(net: number): number {
    return net;
  }
  @DECORATOR
  static twice(net: number): number {
    return 2 * net;
  }
  [cacheKey]() {
    return 'the one';
  }
}
console.log(new Shop().price(1) + new Shop().price(1) + Shop.twice(1), cache.stats({ since: 'process' }).hits);
`;

describe('Decorated methods', () => {
  const start = useScripts();
  const folder = useTempFolders();

  async function run(text: string): Promise<string> {
    const file = join(folder(), 'script.mjs');
    writeFileSync(file, text);
    const env = { ...process.env, NODE_OPTIONS: '' };
    return (await promisify(execFile)(process.execPath, [file], { env })).stdout;
  }

  it('are cached where swc has compiled them', async () => {
    expect(await start('decorated').next()).toEqual(SEEN);
  });

  it('are cached where TypeScript has compiled them', async () => {
    const text = compile(readFileSync(join(SCRIPTS, 'decorated.ts'), 'utf8'), {});
    expect(JSON.parse(await run(text))).toEqual(SEEN);
  });

  it.each(['cache.wrap', "cache.wrap({ maxAge: '1h' })"])(
    'are cached by @%s where TypeScript or swc has compiled them as older decorators',
    async (decorator) => {
      const text = LEGACY.replaceAll('DECORATOR', decorator);
      const parser = { syntax: 'typescript', decorators: true } as const;
      const { code } = await transform(text, {
        jsc: { parser, transform: { legacyDecorator: true }, target: 'es2022' },
      });
      for (const compiled of [compile(text, { experimentalDecorators: true }), compile(code, {})])
        expect(await run(compiled)).toBe('4 1\n');
    },
  );
});
