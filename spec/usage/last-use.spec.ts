import { describe, expect, it } from '@jest/globals';
import { Uses } from '../../lib/usage/last-use.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { carryOut, carryOutSync } from '../../lib/runtime/steps.ts';
import { START, useClock } from '../support/clock.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { idOf, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();

/** A store with records that were last used when the spec began. */
function setUp(count = 3) {
  const faulty = makeFaulty(memoryStore({ clock: () => START }));
  const ids = Array.from({ length: count }, (_, n) => idOf(n));
  for (const id of ids) faulty.store.set(id, [new Uint8Array(8)], NEVER);
  faulty.asked.length = 0;
  const book = { store: faulty.store, keepsStats: false };
  const lastUse = (id: string | undefined) => faulty.store.stat(id as string)?.lastUsedAt;
  const touches = () => faulty.asked.filter((operation) => operation === 'touch').length;
  return { ...faulty, ids, book, lastUse, touches, uses: new Uses() };
}

/** Ms. */
const HALF_AN_HOUR = 1_800_000;

describe('Uses', () => {
  it('are known at once, and written later, many of one record by one touch', () => {
    const { uses, ids, book, lastUse, touches, store, asked } = setUp();
    const [one, other] = ids as [string, string];
    for (let hit = 0; hit < 100; hit++) {
      clock.now += 10;
      uses.note(one, book);
    }
    clock.now += 10;
    uses.note(other, book);
    expect([asked, uses.lastUse(one), uses.lastUse(other)]).toEqual([[], START + 1000, START + 1010]);
    carryOutSync(uses.flush(store));
    expect([touches(), lastUse(one), lastUse(other)]).toEqual([2, START + 1000, START + 1010]);
    expect(uses.lastUse(one)).toBeUndefined();
    carryOutSync(uses.flush(store));
    expect(touches()).toBe(2);
  });

  it('never make a last use earlier', () => {
    const { uses, ids, book, lastUse, touches, store } = setUp();
    const [id] = ids as [string];
    uses.note(id, book);
    store.touch(id, START + 5);
    carryOutSync(uses.flush(store));
    expect([touches(), lastUse(id)]).toEqual([1, START + 5]);
  });

  it('of records that are gone are forgotten', () => {
    const { uses, ids, book, touches, store } = setUp();
    clock.now += 1;
    uses.note(ids[0] as string, book);
    store.delete(ids[0] as string);
    carryOutSync(uses.flush(store));
    expect([touches(), uses.lastUse(ids[0] as string)]).toEqual([0, undefined]);
  });

  it('that cannot be written are forgotten, one by one', () => {
    const { uses, ids, book, lastUse, store } = setUp();
    clock.now += 1;
    for (const id of ids) uses.note(id, book);
    const touch = (id: string, at: number): void => {
      if (id === ids[0]) throw new Error('read-only');
      store.touch(id, at);
    };
    carryOutSync(uses.flush({ ...store, touch }));
    expect(ids.map(lastUse)).toEqual([START, START + 1, START + 1]);
    expect(ids.map((id) => uses.lastUse(id))).toEqual([undefined, undefined, undefined]);
  });

  it('that are noted while others are written stay', async () => {
    const store = memoryStore({ async: true, clock: () => START });
    await store.set(idOf(0), [new Uint8Array(8)], NEVER);
    const uses = new Uses();
    const book = { store, keepsStats: false };
    clock.now += 1;
    uses.note(idOf(0), book);
    const flushing = carryOut(store, uses.flush(store));
    expect(uses.lastUse(idOf(0))).toBe(START + 1);
    clock.now += 1;
    uses.note(idOf(0), book);
    await flushing;
    expect([uses.lastUse(idOf(0)), (await store.stat(idOf(0)))?.lastUsedAt]).toEqual([START + 2, START + 1]);
  });

  it.each([
    { what: 'those of long ago are written for new ones', ledger: {}, later: 1, written: 3 },
    {
      what: 'without limits only if what is stored lags far behind',
      ledger: undefined,
      later: HALF_AN_HOUR + 1,
      written: 3,
    },
    { what: 'without limits not if it lags little behind', ledger: undefined, later: HALF_AN_HOUR, written: 0 },
  ])('of very many records take no more memory: $what', ({ ledger, later, written }) => {
    const { uses, ids, book: plain, lastUse, touches } = setUp();
    const book = { ...plain, ledger };
    const others = Array.from({ length: 80_000 }, (_, n) => idOf(`other ${n}`));
    const known = (): number => others.filter((id) => uses.lastUse(id) !== undefined).length;
    clock.now += later;
    for (const id of ids) uses.note(id, book);
    for (const id of others.slice(0, 50_000)) uses.note(id, book);
    expect([known(), touches(), ids.map((id) => uses.lastUse(id))]).toEqual([50_000, 0, Array(3).fill(START + later)]);
    for (const id of others.slice(50_000)) uses.note(id, book);
    const stored = Array(3).fill(written === 0 ? START : START + later);
    expect([known(), touches(), ids.map(lastUse)]).toEqual([54_096, written, stored]);
    expect(uses.lastUse(others.at(-1) as string)).toBe(START + later);
    uses.flushNow();
    expect(known()).toBe(0);
    for (const id of others.toReversed()) uses.note(id, book);
    expect(known()).toBe(54_096);
  });

  it('of very many records are looked at once in half an hour where nothing is evicted by them', () => {
    const { uses, ids, book, lastUse, store } = setUp();
    const looks: string[] = [];
    const looking = {
      stat(id: string) {
        if (ids.includes(id)) looks.push(id);
        return store.stat(id);
      },
    };
    const others = Array.from({ length: 80_000 }, (_, n) => idOf(`other ${n}`));
    const useAll = (): void => {
      for (const id of [...ids, ...others]) uses.note(id, { ...book, store: { ...store, ...looking } });
    };
    useAll();
    clock.now += HALF_AN_HOUR;
    useAll();
    expect([looks.splice(0).sort(), ids.map(lastUse)]).toEqual([[...ids].sort(), ids.map(() => START)]);
    clock.now += 1;
    useAll();
    expect([looks.sort(), ids.map(lastUse)]).toEqual([[...ids].sort(), ids.map(() => clock.now)]);
  });

  it.each([
    {
      what: 'only the last thousand if the others lag little behind',
      ledger: undefined,
      later: HALF_AN_HOUR,
      written: 1000,
    },
    { what: 'all of them if they lag far behind', ledger: undefined, later: HALF_AN_HOUR + 1, written: 1200 },
    { what: 'all of them if records are evicted by them', ledger: {}, later: 1, written: 1200 },
  ])('of many records are written: $what', ({ ledger, later, written }) => {
    const { uses, ids, book, lastUse, touches, store } = setUp(1200);
    clock.now += later;
    for (const id of ids) uses.note(id, { ...book, ledger });
    carryOutSync(uses.flush(store));
    expect([touches(), ids.filter((id) => lastUse(id) === clock.now).length]).toEqual([written, written]);
    expect(ids.map((id) => uses.lastUse(id))).toEqual(ids.map(() => undefined));
  });

  it('of many records are written all where one of several caches has limits', () => {
    const { uses, ids, book, touches, store } = setUp(1200);
    clock.now += 1;
    for (const [n, id] of ids.entries()) uses.note(id, n === 0 ? { ...book, ledger: {} } : book);
    carryOutSync(uses.flush(store));
    expect(touches()).toBe(1200);
  });

  it('are told apart where ids begin alike', () => {
    const { uses, book, store, touches } = setUp();
    const alike = ['abc1', 'abc2', 'abd1'].map((beginning) => beginning.padEnd(64, '0'));
    for (const [n, id] of alike.entries()) {
      store.set(id, [new Uint8Array(1)], NEVER);
      clock.now = START + 1 + n;
      uses.note(id, book);
    }
    clock.now = START + 9;
    uses.note(alike[0] as string, book);
    expect(alike.map((id) => uses.lastUse(id))).toEqual([START + 9, START + 2, START + 3]);
    carryOutSync(uses.flush(store));
    expect([touches(), ...alike.map((id) => store.stat(id)?.lastUsedAt)]).toEqual([3, START + 9, START + 2, START + 3]);
  });
});
