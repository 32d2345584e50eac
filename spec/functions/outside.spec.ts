import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '../support/store-suite/use-store.ts';
import { loneCache } from '../support/identity.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';

const newFolder = useTempFolders();
const VARIABLE = 'TEMPCACHE_SPEC_URL';

describe('The option env', () => {
  afterEach(() => {
    delete process.env[VARIABLE];
  });

  it('makes variables of the environment a part of the key, at each call', () => {
    const fetched = loneCache().wrap((id: number) => `${process.env[VARIABLE]}/${id}`, { env: [VARIABLE] });
    expect(fetched(1)).toBe('undefined/1');
    process.env[VARIABLE] = 'test';
    expect(fetched(1)).toBe('test/1');
    process.env[VARIABLE] = 'live';
    expect(fetched(1)).toBe('live/1');
    process.env[VARIABLE] = 'test';
    expect(fetched.cache.run(1)).toMatchObject({ value: 'test/1', status: 'hit' });
    process.env[VARIABLE] = 'other';
    expect(fetched.cache.explain(1)).toMatchObject({ status: 'miss', differs: ['env'] });
  });

  it('is one of a cache and of with, and does not store what was computed while a variable changed', async () => {
    const { take, onEvent } = makeTrace();
    const cache = loneCache({ onEvent }).with({ env: [VARIABLE] });
    const load = async (): Promise<string | undefined> => {
      const url = process.env[VARIABLE];
      process.env[VARIABLE] = 'changed';
      return url;
    };
    process.env[VARIABLE] = 'first';
    expect(await cache.cacheResult(load)).toBe('first');
    expect(take()).toContain('skip changed');
    process.env[VARIABLE] = 'first';
    expect(await cache.cacheResult(load)).toBe('first');
  });
});

describe('The option files', () => {
  it('makes the content of files a part of the key, whatever their times and sizes are', () => {
    const folder = newFolder();
    const [path, other] = [join(folder, 'a.txt'), join(folder, 'b.txt')];
    let runs = 0;
    const read = loneCache().wrap((one: string) => `${one.length} ${++runs}`, {
      files: (one) => [one, pathToFileURL(other)],
      captures: { ignore: ['runs'] },
    });
    writeFileSync(path, 'one');
    const first = read(path);
    expect(read(path)).toBe(first);
    writeFileSync(path, 'two');
    expect(read(path)).not.toBe(first);
    writeFileSync(other, 'there');
    const third = read(path);
    writeFileSync(path, 'one');
    expect([read(path) === third, runs]).toEqual([false, 4]);
    utimesSync(path, 1, 1);
    expect(read.cache.run(path).status).toBe('hit');
    writeFileSync(path, 'six');
    expect(read.cache.explain(path)).toMatchObject({ differs: ['files'] });
  });

  it.each<[string, unknown, RegExp]>([
    ['a folder', import.meta.dirname, /^files\[0\] of read cannot be read: .*; see the cause$/],
    ['no path', 5, /^The option files of read has to give paths or file: URLs/],
    ['a promise', Promise.resolve('a'), /and no promise$/],
  ])('is refused where it gives %s, before the function runs', async (_name, given, message) => {
    let runs = 0;
    const read = loneCache().wrap(
      function read() {
        return ++runs;
      },
      { files: () => given as string },
    );
    const failure = await failureOf(() => read());
    expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: expect.stringMatching(/^files/) });
    expect((failure as Error).message).toMatch(message);
    expect(runs).toBe(0);
  });
});

describe('The option deps as a function', () => {
  it('is read at each call, and vouches for what shows nothing', () => {
    const config = { rate: 2, others: new Map([['a', 1]]) };
    const scale = loneCache().wrap((n: number) => n * Object(config).rate, {
      deps: () => [config],
      captures: 'code',
    });
    expect(scale(10)).toBe(20);
    config.rate = 3;
    expect(scale(10)).toBe(30);
    config.others.set('a', 2);
    expect(scale.cache.explain(10)).toMatchObject({ status: 'miss', differs: ['deps'] });
    config.others.set('a', 1);
    config.rate = 2;
    expect(scale.cache.run(10)).toMatchObject({ value: 20, status: 'hit' });
  });

  it('counts the functions that it gives with what they capture now', () => {
    const table: Record<string, (n: number) => number> = {};
    let rate = 2;
    const byRate = (n: number): number => n * rate;
    table['scale'] = byRate;
    const scale = loneCache().wrap((n: number) => table['scale']?.(n), {
      deps: () => [table['scale']],
      captures: { ignore: ['table'] },
    });
    expect(scale(10)).toBe(20);
    rate = 3;
    expect(scale(10)).toBe(30);
    table['scale'] = (n) => n;
    expect(scale(10)).toBe(10);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      /^The option deps of load threw; see the cause$/,
    ],
    ['gives no array', () => 5, /^The option deps of load gave no array$/],
  ])('is refused where it %s', async (_name, deps, message) => {
    const load = loneCache().wrap((n: number) => n, { name: 'load', deps: deps as () => unknown[] });
    const failure = await failureOf(() => load(1));
    expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'deps' });
    expect((failure as Error).message).toMatch(message);
  });
});
