import { describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext, Script } from 'node:vm';
import type { TempCache } from '../../lib/temp-cache.ts';
import { loneCache } from '../support/identity.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('Functions that are made again and again', () => {
  it('are two where a factory was called with 2 and 3, and one where it was called twice with 2', () => {
    const cache = loneCache();
    const scaleBy = (factor: number) =>
      cache.wrap(function scale(n: number): number {
        return n * factor;
      });
    expect([2, 3, 2].map((factor) => scaleBy(factor).cache.run(10))).toMatchObject([
      { value: 20, status: 'miss' },
      { value: 30, status: 'miss' },
      { value: 20, status: 'hit' },
    ]);
  });

  it('compute once where a handler makes one for each of 100 requests', () => {
    const cache = loneCache();
    const prices = new Map([['tea', 2]]);
    let runs = 0;
    const handle = (name: string): number =>
      cache.cacheResult(function price(of: string) {
        runs += 1;
        return prices.get(of) ?? 0;
      }, name);
    const answers = new Set(Array.from({ length: 100 }, () => handle('tea')));
    expect([[...answers], runs]).toEqual([[2], 1]);
  });

  it('have one identity before and after a collection of garbage, and before and after their first call', () => {
    const table = { rate: 2 };
    const helper = (n: number): number => n * table.rate;
    const cache = loneCache();
    const idOfOne = (): string => cache.wrap((n: number) => helper(n)).cache.itemFor(1).id;
    const called = cache.wrap((n: number) => helper(n));
    const ids = [idOfOne(), called.cache.run(1).id];
    collect();
    called.cache.refresh(1);
    ids.push(idOfOne(), called.cache.itemFor(1).id);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('A module that is evaluated again', () => {
  const TEXT = `(wrap, log) => {
    class Client { calls = new WeakMap(); get(x) { return x; } }
    const client = new Client();
    const logger = { stream: new WeakMap(), write: log };
    const helper = (x) => client.get(x) + 1; // a comment
    return wrap(function load(x) { logger.write(x); return helper(x); });
  }`;
  const evaluate = (cache: TempCache, text: string): { run(n: number): { value: number; status: string } } => {
    const make = new Script(text, { filename: '/app/module.js' }).runInThisContext() as (
      wrap: unknown,
      log: (x: number) => void,
    ) => { cache: { run(n: number): { value: number; status: string } } };
    return make(cache.wrap, () => undefined).cache;
  };

  it('hits after an edited comment, and computes after an edited helper', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const cache = loneCache();
      expect(evaluate(cache, TEXT).run(1)).toMatchObject({ value: 2, status: 'miss' });
      expect(evaluate(cache, TEXT).run(1)).toMatchObject({ value: 2, status: 'hit' });
      expect(evaluate(cache, TEXT.replace('a comment', 'another')).run(1)).toMatchObject({ value: 2, status: 'hit' });
      expect(evaluate(cache, TEXT.replace('+ 1', '+ 2')).run(1)).toMatchObject({ value: 3, status: 'miss' });
      expect(emitWarning).not.toHaveBeenCalled();
    } finally {
      emitWarning.mockRestore();
    }
  });
});

describe('What a bundler or a test runner makes of the exports of a module', () => {
  const exportsOf = (rate: number, prototype: object | null): object => {
    const helper = (n: number): number => n * rate;
    const exported = Object.create(prototype) as object;
    Object.defineProperty(exported, Symbol.toStringTag, { value: 'Module' });
    return Object.defineProperty(exported, 'helper', { enumerable: true, get: () => helper });
  };

  it.each([null, Object.prototype])('counts by the members that are used, and as a whole: %s', (prototype) => {
    const cache = loneCache();
    const wrap = (lib: { helper(n: number): number }) => cache.wrap((n: number) => lib.helper(n));
    const wrapAll = (lib: { helper(n: number): number }) => cache.wrap((n: number) => Object.values(lib)[0]?.(n) ?? 0);
    for (const make of [wrap, wrapAll]) {
      const found = [2, 3, 2].map((rate) => make(exportsOf(rate, prototype) as never).cache.run(10));
      expect(found.map(({ value }) => value)).toEqual([20, 30, 20]);
      expect(found.map(({ status }) => status)).toEqual(['miss', 'miss', 'hit']);
    }
  });
});
