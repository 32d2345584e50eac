import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { built } from '../support/built.ts';
import { RUNTIMES, WITH_FAKE_DATE } from '../support/runtimes.ts';
import { idOf, idOfArgs } from '../support/key-ids.ts';
import { departures, foreignPairsOf, lawful, pairsOf } from '../support/key-pairs.ts';

const all = [...lawful, ...departures];

describe('two values are one key (≡) or two (≢)', () => {
  it.each(pairsOf(lawful))('$text, as util.isDeepStrictEqual says', ({ first, second, same }) => {
    expect(idOf(first()) === idOf(second())).toBe(same);
    expect(idOf([first()]) === idOf([second()])).toBe(same);
    expect(idOfArgs(1, first()) === idOfArgs(1, second())).toBe(same);
    expect(isDeepStrictEqual(first(), second())).toBe(same);
  });

  it.each(pairsOf(departures))('$text, where util.isDeepStrictEqual is coarser or versions of it differ', (pair) => {
    expect(idOf(pair.first()) === idOf(pair.second())).toBe(pair.same);
  });

  it.each(foreignPairsOf(all))('$text in another realm, with the ids of this one', ({ text, first, second }) => {
    const [here] = pairsOf([text]);
    expect([idOf(first()), idOf(second())]).toEqual([idOf(here?.first()), idOf(here?.second())]);
  });

  it.each([...RUNTIMES, WITH_FAKE_DATE])('with the same ids in another process %s', (_name, execArgv) => {
    const output = execFileSync(process.execPath, [...execArgv, built('spec/support/key-process.ts')], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(JSON.parse(output)).toEqual(pairsOf(all).map(({ first, second }) => [idOf(first()), idOf(second())]));
  });
});

describe('the arguments of a call', () => {
  it('are a list: f() is not f(undefined), nor f([])', () => {
    const ids = [idOfArgs(), idOfArgs(undefined), idOfArgs(undefined, undefined), idOfArgs([]), idOfArgs([undefined])];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('do not run into each other', () => {
    expect(idOfArgs('ab', 'c')).not.toBe(idOfArgs('a', 'bc'));
    expect(idOfArgs(['a'], 'b')).not.toBe(idOfArgs(['a', 'b']));
    expect(idOfArgs({ a: 1 }, { b: 2 })).not.toBe(idOfArgs({ a: 1, b: 2 }));
  });
});
