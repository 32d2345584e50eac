import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect, isDeepStrictEqual, types } from 'node:util';
import { build, hasCycle } from '../support/key-build.ts';
import { idOf, idOfArgs } from '../support/key-ids.ts';
import { mutate } from '../support/key-mutate.ts';
import { Random } from '../support/key-random.ts';
import { recipes, smallRecipes, type Recipe } from '../support/key-recipes.ts';

const seeds = fc.integer();
const MUTANTS = 3;

/** How many pairs were compared, and how many of them are equal. */
const seen = { pairs: 0, equal: 0, cyclic: 0 };

/** Holds the law against one pair. */
function holds(first: Recipe, second: Recipe, random: Random): void {
  const sameKey = idOf(build(first, { random })) === idOf(build(second, { random }));
  const cyclic = hasCycle(first) || hasCycle(second);
  const equal = cyclic
    ? cyclicEqual(first, second, sameKey)
    : isDeepStrictEqual(build(first, { forOracle: true }), build(second, { random, forOracle: true }));
  seen.pairs++;
  if (equal) seen.equal++;
  if (cyclic) seen.cyclic++;
  if (sameKey !== equal) throw new Error(`One key: ${sameKey}. ${inspect([first, second], { depth: 9 })}`);
}

/**
 * Where there are cycles, Node takes any two objects that it has met before for equal, and it does not come to an end
 * with an error that is its own cause. So there it is only asked whether values of one key are equal.
 */
function cyclicEqual(first: Recipe, second: Recipe, sameKey: boolean): boolean {
  try {
    const equal = isDeepStrictEqual(build(first, { forOracle: true }), build(second, { forOracle: true }));
    return equal && sameKey;
  } catch (error) {
    if (types.isNativeError(error) && error.name === 'RangeError') return sameKey;
    throw error;
  }
}

describe('two values have one key exactly when util.isDeepStrictEqual holds', () => {
  it('for a value and the same value made in another way', () => {
    fc.assert(
      fc.property(recipes, seeds, (recipe, seed) => {
        const random = new Random(seed);
        expect(idOf(build(recipe, { random }))).toBe(idOf(build(recipe)));
        holds(recipe, recipe, random);
      }),
      { numRuns: 2500 },
    );
  });

  it('for a value and the same value with one thing changed', () => {
    fc.assert(
      fc.property(recipes, seeds, (recipe, seed) => {
        const random = new Random(seed);
        for (let count = 0; count < MUTANTS; count++) holds(recipe, mutate(recipe, random), random);
      }),
      { numRuns: 2500 },
    );
  });

  it('for two small values made apart', () => {
    fc.assert(
      fc.property(smallRecipes, smallRecipes, seeds, (first, second, seed) => holds(first, second, new Random(seed))),
      { numRuns: 2000 },
    );
  });

  it('for the arguments of a call', () => {
    fc.assert(
      fc.property(fc.array(recipes, { maxLength: 3 }), seeds, (list, seed) => {
        const random = new Random(seed);
        const again = list.map((recipe) => build(recipe, { random }));
        const args = list.map((recipe) => build(recipe));
        expect(idOfArgs(...again)).toBe(idOfArgs(...args));
        expect(idOfArgs(...args, undefined)).not.toBe(idOfArgs(...args));
        expect(idOfArgs(args)).not.toBe(idOfArgs(...args));
      }),
      { numRuns: 500 },
    );
  });
});

afterAll(() => {
  expect(seen.pairs).toBeGreaterThanOrEqual(10_000);
  for (const part of [seen.equal, seen.pairs - seen.equal, seen.cyclic]) expect(part).toBeGreaterThan(seen.pairs / 20);
});
