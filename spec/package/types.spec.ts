import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compile, write } from '../support/packed.ts';

const typeRoots = [join(import.meta.dirname, '..', '..', 'node_modules', '@types')];

/** A consumer that uses what a beginner uses, and claims the types that it sees. */
const CONSUMER = `
import { TempCache, type CacheItem } from 'tempcache';
import { devalueSerializer } from 'tempcache/devalue';
import { defineStore, mapStore } from 'tempcache/store';
import { deserialize, serialize } from 'tempcache/v8-serializer-utils';

interface User { id: number; name: string }
const cache = new TempCache('users', { maxAge: '2h', serializer: devalueSerializer(), salt: '1' });
const load = cache.wrap(function load(id: number, fresh = false): User { return { id, name: String(fresh) }; });
const later = cache.wrap(async function later(id: number): Promise<User> { return { id, name: '' }; }, { version: '2' });

export const user: User = load(1);
export const promised: Promise<User> = later(1);
export const item: CacheItem = cache.itemForKey(['user', 1]);
export const there: boolean = item.exists();
export const bytes: Uint8Array = serialize(new Map([[1, user]]));
export const value: unknown = deserialize(bytes);
export const mapped: CacheItem = new TempCache('map', { store: mapStore(new Map()) }).itemForKey(1);
export const remote = defineStore({
  kind: 'async',
  get: async (id) => new Uint8Array(id.length),
  set: async (id, bytes) => [id, bytes],
  delete: async () => true,
  entries: async () => [],
  clear: async () => {},
  close: async () => {},
});
export const far: Promise<boolean> = new TempCache('far', { store: remote }).itemForKey(1).exists();
export const sum: number = cache.cacheResult(function add(a: number, b: number) { return a + b; }, 1, 2);
`;

/** Each line is an error, unless the types have become any. */
const MISUSE = `
import { TempCache } from 'tempcache';
const cache = new TempCache('users');
const load = cache.wrap(function load(id: number): string { return String(id); });
load('1');
export const wrong: number = load(1);
new TempCache('users', { maxage: 1 });
new TempCache('users', { maxAge: true });
`;

/** The errors of the compiler in a file of the project. */
async function errorsOf(file: string, text: string, options: object): Promise<string> {
  const base = { strict: true, noEmit: true, target: 'es2023', skipLibCheck: true, typeRoots, types: ['node'] };
  const config = { compilerOptions: { ...base, ...options }, files: [basename(file)] };
  await write(join(dirname(file), 'tsconfig.json'), JSON.stringify(config));
  await write(file, text);
  return compile(dirname(file));
}

describe('the types of the package', () => {
  it.each([
    { use: 'an ES module', file: 'esm/use.mts', options: { module: 'nodenext' } },
    { use: 'a CommonJS module', file: 'cjs/use.cts', options: { module: 'nodenext' } },
    { use: 'a bundled module', file: 'bundled/use.ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
    {
      use: 'exact optional types',
      file: 'exact/use.mts',
      options: { module: 'nodenext', exactOptionalPropertyTypes: true },
    },
    { use: 'checked declarations', file: 'checked/use.mts', options: { module: 'nodenext', skipLibCheck: false } },
  ])('resolve and fit for $use', async ({ file, options }) => {
    expect(await errorsOf(file, CONSUMER, options)).toBe('');
  });

  it('refuse wrong arguments, results and options', async () => {
    const errors = await errorsOf('misuse/use.mts', MISUSE, { module: 'nodenext' });
    const lines = [...errors.matchAll(/use\.mts\((\d+),\d+\): error/g)].map((match) => Number(match[1]));
    expect(lines).toStrictEqual([5, 6, 7, 8]);
  });
});
