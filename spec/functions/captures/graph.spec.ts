import { describe, expect, it } from '@jest/globals';
import { readGraph, type Graph } from '../../../lib/functions/captures/graph.ts';
import type { FunctionFacts, Reader, Scope } from '../../../lib/functions/captures/reader.ts';

const OPTIONS = { code: true, values: true, ignore: new Set<string>() };

/** The scopes of functions as they are handed in; those of others are empty. */
function readerOf(
  scopes: ReadonlyMap<object, Readonly<Record<string, unknown>>>,
  others: Partial<Reader> = {},
): Reader {
  const read = (fn: object): FunctionFacts => {
    const inner: Scope = { description: 'Closure', object: scopes.get(fn) ?? {} };
    return {
      scopes: [inner, { description: 'Global', object: globalThis }],
      script: '1',
      line: 1,
      column: 1,
      bound: undefined,
    };
  };
  const reader: Reader = {
    read: (functions) => functions.map(read),
    privateFields: () => ({}),
    scripts: () => new Map([['1', '/project/program.js']]),
  };
  return { ...reader, ...others };
}

function scale(n: number): unknown {
  return [n, helper, rate];
}
function helper(): unknown {
  return [scale, table];
}
declare const rate: number;
declare const table: object;

function graphOf(captured: Readonly<Record<string, unknown>>, options: Partial<typeof OPTIONS> = {}): Graph {
  const reader = readerOf(
    new Map<object, Readonly<Record<string, unknown>>>([
      [scale, { helper, rate: captured['rate'] }],
      [helper, { scale, table: captured['table'] }],
    ]),
  );
  return readGraph(reader, [scale], { ...OPTIONS, ...options }) as Graph;
}

const captured = { rate: 1, table: { a: 1 } };

describe('What a function depends on, of scopes that are handed in', () => {
  it('is the same for the same captures, through functions that call each other', () => {
    expect(graphOf({ rate: 1, table: { a: 1 } }).digest).toBe(graphOf(captured).digest);
    const names = graphOf(captured).captures.map(({ of, name, kind }) => `${of} ${name} ${kind}`);
    expect(new Set(names)).toEqual(
      new Set(['scale helper function', 'scale rate value', 'helper scale function', 'helper table value']),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a value of its own', { ...captured, rate: 2 }],
    ['a value of its helper', { ...captured, table: { a: 2 } }],
    ['the kind of a value', { ...captured, rate: '1' }],
  ])('is another one for another %s', (_what, other) => {
    expect(graphOf(other).digest).not.toBe(graphOf(captured).digest);
    expect(graphOf(other, { values: false }).digest).toBe(graphOf(captured, { values: false }).digest);
  });

  it('leaves out what is to be ignored', () => {
    const ignore = new Set(['rate', 'table']);
    expect(graphOf({ rate: 2, table: {} }, { ignore }).digest).toBe(graphOf(captured, { ignore }).digest);
  });

  it('is not known where the reader gives no answer, and why is told', () => {
    const fails = (): never => {
      throw new TypeError('A defect of the reader');
    };
    class Own {
      readonly field = 1;
    }
    const scopes = new Map([[scale, { rate: new Own(), helper }]]);
    const failures: string[] = [];
    const onFailure = (error: unknown): unknown => failures.push(String(error));
    for (const others of [{ read: () => undefined }, { read: fails }, { scripts: fails }]) {
      expect(readGraph(readerOf(scopes, others), [scale], { ...OPTIONS, onFailure })).toBe(undefined);
    }
    expect(failures).toEqual([
      'Error: V8 gave no answer',
      'TypeError: A defect of the reader',
      'TypeError: A defect of the reader',
    ]);
  });
});
