import { describe, expect, it } from '@jest/globals';
import { defineStore } from '../../lib/stores/define-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeTables, sevenMembers } from '../support/bare-store.ts';

const seven = sevenMembers(makeTables());
const without = (name: string): object => Object.fromEntries(Object.entries(seven).filter(([key]) => key !== name));
const head = { peek: () => undefined, stat: () => undefined };

/** What is no store, and what is said of it. */
const WRONG: readonly (readonly [string, unknown, string])[] = [
  ['nothing', null, 'must be a store, such as memoryStore() or what defineStore() gives; it is null'],
  ['a text', 'redis', 'must be a store, such as memoryStore() or what defineStore() gives; it is'],
  ['a Map', new Map(), 'is an instance of Map, which is no store by itself: use mapStore(map) of tempcache/store'],
  [
    'no kind',
    without('kind'),
    "its member kind must be 'sync' for answers at once, or 'async' for promises; it is undefined",
  ],
  ['another kind', { ...seven, kind: 'remote' }, '\'async\' for promises; it is the text "remote"'],
  ['no get', without('get'), 'its member get must be a function (id) => Uint8Array | undefined; it is undefined'],
  ['no set', without('set'), 'its member set must be a function (id, bytes, { expiresAt }) => void; it is undefined'],
  ['no delete', without('delete'), 'its member delete must be a function (id) => boolean; it is undefined'],
  ['no entries', without('entries'), 'its member entries must be a function () => Iterable<{ id, size, savedAt }>'],
  ['no clear', without('clear'), 'its member clear must be a function () => void; it is undefined'],
  ['no close', without('close'), 'its member close must be a function () => void; it is undefined'],
  ['a get that is none', { ...seven, get: 'get' }, 'its member get must be a function'],
  [
    'a lease that is none',
    { ...seven, lease: null },
    'its member lease must be a function (id, ttl, me) => { renew, release }',
  ],
  ['an empty scope', { ...seven, scope: '' }, 'its member scope must be a text or an object, or left out'],
  [
    'a scope that is a number',
    { ...seven, scope: 5 },
    'its member scope must be a text or an object, or left out; it is 5',
  ],
  [
    'a head that is none',
    { ...seven, head: true },
    'its member head must be an object of functions, or left out; it is true',
  ],
  [
    'half a head',
    { ...seven, head: { peek: () => undefined } },
    'its capability head: its member stat must be a function',
  ],
  ['a wrong touch', { ...seven, head: { ...head, touch: 1 } }, 'its member touch must be a function (id, at) => void'],
  ['half a counter', { ...seven, counters: {} }, 'its capability counters: its member add must be a function'],
  ['files nowhere', { ...seven, files: {} }, 'its member files.path must be the path of a folder; it is undefined'],
  [
    'a wrong sweep',
    { ...seven, files: { path: '/a', sweep: 1 } },
    'its capability files: its member sweep must be a function',
  ],
  [
    'stamps that come later',
    { ...seven, kind: 'async', head: { ...head, stamp: () => 1 } },
    'its member head.stamp must be left out, for it cannot answer at once',
  ],
];

describe.each([
  ['The definition of a store', (given: unknown) => defineStore(given as typeof seven)],
  ['The option store', (given: unknown) => new TempCache('x', { store: given as never })],
])('%s', (what, take) => {
  it.each(WRONG)('is refused, and says what is wrong: %s', (_name, given, message) => {
    let failure: unknown;
    try {
      take(given);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    expect((failure as Error).message.startsWith(what)).toBe(true);
    expect((failure as Error).message).toContain(message);
  });
});

describe('A cache', () => {
  it('takes a definition for a store', () => {
    const tables = makeTables();
    const make = (): TempCache => new TempCache('x', { store: sevenMembers(tables) as never });
    make().itemForKey(1).save('value');
    expect(make().itemForKey(1).load()).toBe('value');
    expect(tables.rows.filter(({ id }) => !id.startsWith('0000'))).toHaveLength(1);
  });

  it('takes an instance of a class, whose functions are called as members', () => {
    class Rows {
      readonly kind = 'sync';
      readonly #rows = new Map<string, Uint8Array>();
      get(id: string): Uint8Array | undefined {
        return this.#rows.get(id);
      }
      set(id: string, bytes: Uint8Array): void {
        this.#rows.set(id, bytes);
      }
      delete(id: string): boolean {
        return this.#rows.delete(id);
      }
      *entries(): Generator<{ id: string; size: number; savedAt: number }> {
        for (const [id, { length }] of this.#rows) yield { id, size: length, savedAt: 1 };
      }
      clear(): void {
        this.#rows.clear();
      }
      close(): void {
        this.clear();
      }
    }
    const cache = new TempCache('x', { store: defineStore(new Rows()) });
    const item = cache.itemForKey(1);
    item.save('value');
    expect([item.load(), [...cache.items()].length, item.delete(), item.exists()]).toEqual(['value', 1, true, false]);
    cache.clear();
    cache.close();
  });

  it('takes a complete store as it is', () => {
    const store = memoryStore();
    const cache = new TempCache('x', { store });
    cache.itemForKey(1).save(1);
    expect([...store.entries()].some(({ id }) => id === cache.itemForKey(1).id)).toBe(true);
  });
});
