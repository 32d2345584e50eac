import { describe, expect, it } from '@jest/globals';
import { blindCache, idOfFunction, loneCache, renamed } from '../support/identity.ts';

const ID = /^[0-9a-f]{64}$/;

function makeLoad(): () => string {
  return function load() {
    return 'value';
  };
}

describe('The identity of a function', () => {
  it('is the same for the same name and source, in every cache', () => {
    expect(idOfFunction(makeLoad())).toMatch(ID);
    expect(idOfFunction(makeLoad())).toBe(idOfFunction(makeLoad()));
  });

  it('changes with the source', () => {
    const edited = {
      load() {
        return 'another value';
      },
    };
    const original = {
      load() {
        return 'value';
      },
    };
    expect(idOfFunction(edited.load)).not.toBe(idOfFunction(original.load));
  });

  it('changes with a default argument', () => {
    const ones = { load: (size = 1) => size };
    const twos = { load: (size = 2) => size };
    expect(idOfFunction(ones.load)).not.toBe(idOfFunction(twos.load));
  });

  it('tells an async function from a plain one', () => {
    const plain = { load: () => 1 };
    const later = { load: async () => 1 };
    expect(idOfFunction(plain.load)).not.toBe(idOfFunction(later.load));
  });

  it('changes with the name the function has by itself', () => {
    expect(idOfFunction(renamed(makeLoad(), 'other'))).not.toBe(idOfFunction(makeLoad()));
  });

  it('changes with the option name, even to the name the function has by itself', () => {
    const ids = [{}, { name: 'load' }, { name: 'other' }].map((options) => idOfFunction(makeLoad(), options));
    expect(new Set(ids).size).toBe(3);
  });

  it('takes the option name for the one the function has by itself', () => {
    expect(idOfFunction(renamed(makeLoad(), 'a'), { name: 'x' })).toBe(
      idOfFunction(renamed(makeLoad(), 'b'), { name: 'x' }),
    );
  });

  it('does not take a version for a source, nor a name for a version', () => {
    const text = makeLoad().toString();
    const ids = [{}, { version: text }, { version: 'load' }, { name: text }].map((options) =>
      idOfFunction(makeLoad(), options),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('does not run pieces together', () => {
    const fn = makeLoad();
    const pairs = [
      { name: 'ab', version: 'c' },
      { name: 'a', version: 'bc' },
      { name: 'a', version: 'b', deps: ['c'] },
      { name: 'a', version: 'b', deps: [['c']] },
    ];
    expect(new Set(pairs.map((options) => idOfFunction(fn, options))).size).toBe(4);
  });

  it('tells lone surrogates in names and salts apart', () => {
    const names = ['\uD800', '\uD801', '\uFFFD'];
    expect(new Set(names.map((name) => idOfFunction(makeLoad(), { name }))).size).toBe(3);
    expect(new Set(names.map((salt) => idOfFunction(makeLoad(), {}, loneCache({ salt })))).size).toBe(3);
  });

  it('changes with the salt of the cache', () => {
    const ids = ['', 'a', 'b'].map((salt) => idOfFunction(makeLoad(), {}, loneCache({ salt })));
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toBe(idOfFunction(makeLoad()));
  });

  it('does not see a toString of its own', () => {
    const toString = (): string => 'function load() {}';
    const [ones, twos] = [{ load: () => 1 }, { load: () => 2 }];
    const ids = [ones, twos].map(({ load }) => idOfFunction(Object.assign(load, { toString })));
    expect(new Set(ids).size).toBe(2);
  });

  it('leaves out what only decides about storing', () => {
    const options = { shouldCache: () => true, label: () => 'label', maxAge: 5, mode: 'refresh' } as const;
    expect(idOfFunction(makeLoad(), options)).toBe(idOfFunction(makeLoad()));
  });
});

describe('A version', () => {
  it('stands for the source: entries outlive an edit', () => {
    const before = { load: () => 'before' };
    const after = { load: () => 'after' };
    expect(idOfFunction(before.load, { version: '3' })).toBe(idOfFunction(after.load, { version: '3' }));
  });

  it('makes other entries when it changes', () => {
    expect(idOfFunction(makeLoad(), { version: '3' })).not.toBe(idOfFunction(makeLoad(), { version: '4' }));
  });

  it('does not carry entries over from an async function to a plain one', () => {
    const before = { load: async () => 'value' };
    const after = { load: () => 'value' };
    expect(idOfFunction(before.load, { version: '3' })).not.toBe(idOfFunction(after.load, { version: '3' }));
  });

  it('does not serve two functions of one name and different sources: the second one goes without the cache', () => {
    const cache = loneCache();
    const a = { load: () => 'a' };
    const b = { load: () => 'b' };
    const cached = [a, b, a, b].map(({ load }) => cache.wrap(load, { version: '3' }));
    expect(cached.map((load) => load())).toEqual(['a', 'b', 'a', 'b']);
    expect(cached[1]?.cache.itemFor().exists()).toBe(false);
  });

  it('does not serve two sources that one options object names alike where nothing shows what they capture', () => {
    const cache = blindCache();
    const options = { name: 'load', version: '3' };
    cache.wrap(() => 'a', options);
    expect(() => cache.wrap(() => 'b', options)).toThrow(/source is another one although the version is the same/);
  });
});

describe('Two functions in one cache', () => {
  it('keep their own values under one name that both have by themselves', () => {
    const cache = loneCache();
    const a = { load: () => 'a' };
    const b = { load: () => 'b' };
    expect([cache.wrap(a.load)(), cache.wrap(b.load)(), cache.cacheResult(a.load)]).toEqual(['a', 'b', 'a']);
  });

  it('keep their own values under one options object that gives both a name', () => {
    const cached = loneCache().wrap({ name: 'load' });
    expect([cached(() => 'a')(), cached(() => 'b')()]).toEqual(['a', 'b']);
  });

  it('keep their own values under one options object with deps', () => {
    const cached = loneCache().wrap({ deps: [1] });
    expect([cached(() => 'a')(), cached(() => 'b')()]).toEqual(['a', 'b']);
  });
});
