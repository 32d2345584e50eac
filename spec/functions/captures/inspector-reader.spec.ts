import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext, Script } from 'node:vm';
import type { FunctionFacts, Reader } from '../../../lib/functions/captures/reader.ts';
import { variableOf } from '../../../lib/functions/captures/scopes.ts';
import { readerOfThread, whyBlind } from '../../../lib/functions/captures/thread-reader.ts';

const reader = readerOfThread() as Reader;
const factsOf = (fn: object): FunctionFacts => reader.read([fn])?.[0] as FunctionFacts;

function makeTimes(factor: number): (x: number) => number {
  return function times(x) {
    return x * factor;
  };
}

function readOne(fn: object): FunctionFacts | undefined | 'stack' {
  try {
    return reader.read([fn])?.[0];
  } catch {
    return 'stack';
  }
}

/** How many frames there is room for. */
function framesFrom(depth: number): number {
  try {
    return framesFrom(depth + 1);
  } catch {
    return depth;
  }
}

describe('The reader of a thread', () => {
  it('is there on Node', () => {
    expect([whyBlind(), readerOfThread()]).toEqual([undefined, reader]);
  });

  it('gives the variables of enclosing functions as they are', () => {
    const values = [{ a: 1 }, new Map(), 5, undefined, null, Symbol('a')];
    for (const value of values) {
      const fn = (): unknown => value;
      expect(variableOf(factsOf(fn).scopes, 'value')).toEqual({
        value,
        isUninitialized: false,
        isOfModule: false,
      });
      expect(variableOf(factsOf(fn).scopes, 'value')?.value).toBe(value);
    }
    expect([2, 3].map((factor) => variableOf(factsOf(makeTimes(factor)).scopes, 'factor')?.value)).toEqual([2, 3]);
  });

  it('reads many at once, each with its own', () => {
    const facts = reader.read([2, 3, 4].map(makeTimes));
    expect(facts?.map(({ scopes }) => variableOf(scopes, 'factor')?.value)).toEqual([2, 3, 4]);
  });

  it('gives all scopes or none at every depth of the stack, down to its end', () => {
    const [fn, found] = [makeTimes(7), { right: 0, none: 0, wrong: 0 }];
    const isRight = (facts: FunctionFacts | undefined): boolean =>
      variableOf(facts?.scopes ?? [], 'factor')?.value === 7 && facts?.scopes.at(-1)?.description === 'Global';
    const descend = (): void => {
      const facts = readOne(fn);
      if (facts !== 'stack') found[facts === undefined ? 'none' : isRight(facts) ? 'right' : 'wrong'] += 1;
      descend();
    };
    const most = framesFrom(0);
    const below = (depth: number): void => (depth > 0 ? below(depth - 1) : descend());
    expect(() => below(Math.floor(most * 0.85))).toThrow(RangeError);
    expect(found).toMatchObject({ wrong: 0 });
    expect([found.right > 10, found.none > 10]).toEqual([true, true]);
  });

  it('holds nothing of what it has read', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const read = (): readonly WeakRef<object>[] => {
      const [variable, instance] = [
        {},
        new (class {
          readonly #field = 1;
          get(): number {
            return this.#field;
          }
        })(),
      ];
      const fn = (): unknown => variable;
      const bound = fn.bind(instance);
      expect(reader.read([fn, bound])).toHaveLength(2);
      expect(reader.privateFields(instance)).toEqual({ '#field': 1 });
      return [fn, bound, variable, instance].map((one) => new WeakRef(one));
    };
    const references = Array.from({ length: 20 }, read).flat();
    await setImmediate();
    collect();
    expect(references.filter((reference) => reference.deref() !== undefined)).toEqual([]);
  });

  it('says that a variable has no value yet', () => {
    const fn = (): unknown => later;
    const before = variableOf(factsOf(fn).scopes, 'later');
    const later = 5;
    expect([undefined, true]).toContain(before?.isUninitialized === true ? true : before?.value);
    expect(variableOf(factsOf(fn).scopes, 'later')?.value).toBe(5);
  });

  it('gives what is bound, and what a proxy stands for', () => {
    const times = makeTimes(2);
    const self = {};
    expect(factsOf(times.bind(self, 5)).bound).toEqual([times, self, [5]]);
    expect(factsOf(times.bind(null)).bound).toEqual([times, null, []]);
    const handler = {};
    expect(factsOf(new Proxy(times, handler)).bound).toEqual([times, handler]);
  });

  it('finds no scopes of a native function, and says where others stand', () => {
    expect(factsOf(Math.max).scopes).toEqual([]);
    const { line, script } = factsOf(makeTimes(1));
    expect(line).toBeGreaterThan(1);
    expect(reader.scripts(true).get(script)).toMatch(/inspector-reader\.spec\.ts$/);
  });

  it('gives private fields', () => {
    class Tax {
      readonly #rate: number;
      readonly #name = { a: 1 };
      constructor(rate: number) {
        this.#rate = rate;
      }
      of(x: number): unknown {
        return [x * this.#rate, this.#name];
      }
    }
    expect(reader.privateFields(new Tax(2))).toEqual({ '#rate': 2, '#name': { a: 1 } });
    expect(reader.privateFields({})).toEqual({});
  });

  it('runs no getter', () => {
    let runs = 0;
    const table = {
      get rate() {
        return ++runs;
      },
    };
    factsOf(() => table);
    expect(runs).toBe(0);
  });

  it('gives scopes that are right, or none at all, at every depth of the stack', () => {
    const times = makeTimes(7);
    const found = new Set<unknown>();
    const descend = (): void => {
      const facts = reader.read([times]);
      found.add(facts === undefined ? 'unreadable' : variableOf(facts[0]?.scopes ?? [], 'factor')?.value);
      descend();
    };
    expect(descend).toThrow(RangeError);
    expect([...found].filter((one) => one !== 'unreadable')).toEqual([7]);
    expect(variableOf(factsOf(times).scopes, 'factor')?.value).toBe(7);
  });

  it('tells the globals of a program from those of the runtime', () => {
    const fn = new Script('globalThis.mine = 5; (() => [mine, setTimeout, Math])').runInThisContext() as object;
    const { scopes } = factsOf(fn);
    expect(['mine', 'setTimeout', 'Math'].map((name) => variableOf(scopes, name)?.value)).toEqual([
      5,
      undefined,
      undefined,
    ]);
    new Script('delete globalThis.mine').runInThisContext();
  });
});
