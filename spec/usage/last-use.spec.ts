import { describe, expect, it } from '@jest/globals';
import { LastUses } from '../../lib/usage/last-use.ts';
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
  const context = { store: faulty.store };
  const lastUse = (id: string | undefined) => faulty.store.stat(id as string)?.lastUsedAt;
  const touches = () => faulty.asked.filter((operation) => operation === 'touch').length;
  return { ...faulty, ids, context, lastUse, touches, uses: new LastUses() };
}

/** The nth of ids of which no two begin alike. */
function distinctId(n: number): string {
  return ((n * 0x9e37_79b1) % 2 ** 28).toString(16).padStart(7, '0').padEnd(64, '0');
}

/** Ms. */
const HALF_AN_HOUR = 1_800_000;

describe('Last uses', () => {
  it('are known at once, and written later, many of one record by one touch', () => {
    const { uses, ids, context, lastUse, touches, store, asked } = setUp();
    const [one, other] = ids as [string, string];
    for (let hit = 0; hit < 100; hit++) {
      clock.now += 10;
      uses.record(one, context);
    }
    clock.now += 10;
    uses.record(other, context);
    expect([asked, uses.lastUse(one), uses.lastUse(other)]).toEqual([[], START + 1000, START + 1010]);
    carryOutSync(uses.flush(store));
    expect([touches(), lastUse(one), lastUse(other)]).toEqual([2, START + 1000, START + 1010]);
    expect(uses.lastUse(one)).toBeUndefined();
    carryOutSync(uses.flush(store));
    expect(touches()).toBe(2);
  });

  it('never make a last use earlier', () => {
    const { uses, ids, context, lastUse, touches, store } = setUp();
    const [id] = ids as [string];
    uses.record(id, context);
    store.touch(id, START + 5);
    carryOutSync(uses.flush(store));
    expect([touches(), lastUse(id)]).toEqual([1, START + 5]);
  });

  it('of records that are gone are forgotten', () => {
    const { uses, ids, context, touches, store } = setUp();
    clock.now += 1;
    uses.record(ids[0] as string, context);
    store.delete(ids[0] as string);
    carryOutSync(uses.flush(store));
    expect([touches(), uses.lastUse(ids[0] as string)]).toEqual([0, undefined]);
  });

  it('that cannot be written are forgotten, one by one', () => {
    const { uses, ids, context, lastUse, store } = setUp();
    clock.now += 1;
    for (const id of ids) uses.record(id, context);
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
    const uses = new LastUses();
    const context = { store };
    clock.now += 1;
    uses.record(idOf(0), context);
    const flushing = carryOut(store, uses.flush(store));
    expect(uses.lastUse(idOf(0))).toBe(START + 1);
    clock.now += 1;
    uses.record(idOf(0), context);
    await flushing;
    expect([uses.lastUse(idOf(0)), (await store.stat(idOf(0)))?.lastUsedAt]).toEqual([START + 2, START + 1]);
  });

  describe('of very many records', () => {
    const OTHERS = Array.from({ length: 80_000 }, (_, n) => distinctId(n));

    /** The first records are used, and then more others than are remembered. */
    function useMany(usage: object | undefined) {
      const current = setUp();
      const { uses, ids, lastUse, touches } = current;
      const context = { ...current.context, usage };
      const known = (all: readonly string[]): number => all.filter((id) => uses.lastUse(id) !== undefined).length;
      clock.now += 1;
      for (const id of ids) uses.record(id, context);
      for (const id of OTHERS.slice(0, 24_997)) uses.record(id, context);
      expect([known(ids), known(OTHERS), touches()]).toEqual([3, 24_997, 0]);
      clock.now += 1;
      uses.record(ids[0] as string, context);
      for (const id of OTHERS.slice(24_997, 49_990)) uses.record(id, context);
      return { ...current, context, known, stored: () => ids.map(lastUse) };
    }

    it('take no more memory: the first to be recorded are written for new ones, where records are evicted by them', () => {
      const { uses, known, stored, touches, ids, context } = useMany({});
      expect([known(OTHERS) <= 50_000, touches(), stored()]).toEqual([true, 2, [START, START + 1, START + 1]]);
      expect([uses.lastUse(ids[0] as string), uses.lastUse(ids[1] as string)]).toEqual([START + 2, undefined]);
      for (const id of OTHERS.slice(49_990)) uses.record(id, context);
      expect([known(OTHERS) <= 50_000, stored()]).toEqual([true, [START + 2, START + 1, START + 1]]);
      uses.flushNow();
      expect(known(OTHERS)).toBe(0);
    });

    it('take no more memory: the first to be recorded are dropped for new ones, where nothing is evicted by them', () => {
      const { uses, known, stored, touches, context } = useMany(undefined);
      for (const id of OTHERS.slice(49_990)) uses.record(id, context);
      expect([known(OTHERS) <= 50_000, touches(), stored()]).toEqual([true, 0, [START, START, START]]);
      expect(uses.lastUse(OTHERS.at(-1) as string)).toBe(START + 2);
      uses.flushNow();
      expect(known(OTHERS)).toBe(0);
    });
  });

  it.each([
    {
      what: 'only the last thousand if the others lag little behind',
      usage: undefined,
      later: HALF_AN_HOUR,
      written: 1000,
    },
    { what: 'all of them if they lag far behind', usage: undefined, later: HALF_AN_HOUR + 1, written: 1200 },
    { what: 'all of them if records are evicted by them', usage: {}, later: 1, written: 1200 },
  ])('of many records are written: $what', ({ usage, later, written }) => {
    const { uses, ids, context, lastUse, touches, store } = setUp(1200);
    clock.now += later;
    for (const id of ids) uses.record(id, { ...context, usage });
    carryOutSync(uses.flush(store));
    expect([touches(), ids.filter((id) => lastUse(id) === clock.now).length]).toEqual([written, written]);
    expect(ids.map((id) => uses.lastUse(id))).toEqual(ids.map(() => undefined));
  });

  it('of many records are written all where one of several caches has limits', () => {
    const { uses, ids, context, touches, store } = setUp(1200);
    clock.now += 1;
    for (const [n, id] of ids.entries()) uses.record(id, n === 0 ? { ...context, usage: {} } : context);
    carryOutSync(uses.flush(store));
    expect(touches()).toBe(1200);
  });

  it.each([
    { usage: {}, stored: START + 1 },
    { usage: undefined, stored: START },
  ])('of two records whose ids begin alike are told apart, and the later one stays: %j', ({ usage, stored }) => {
    const { uses, context, store, lastUse } = setUp();
    const [one, other, third] = ['abcdef01', 'abcdef02', 'abcdef11'].map((beginning) => beginning.padEnd(64, '0'));
    const alike = [one, other, third] as string[];
    for (const [n, id] of alike.entries()) {
      store.set(id, [new Uint8Array(1)], NEVER);
      clock.now = START + 1 + n;
      uses.record(id, { ...context, usage });
    }
    expect(alike.map((id) => uses.lastUse(id))).toEqual([undefined, START + 2, START + 3]);
    expect(lastUse(one)).toBe(stored);
    carryOutSync(uses.flush(store));
    expect(alike.map(lastUse)).toEqual([stored, START + 2, START + 3]);
  });
});
