import { describe, expect, it } from '@jest/globals';
import { CorruptItemError } from '../../lib/common/errors.ts';
import { encodeRecord } from '../../lib/records/frame.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import type { Store } from '../../lib/stores/store.ts';
import { fieldsWith } from '../support/records.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf, NEVER } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

const TOLD = ['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save'];

interface Fault {
  readonly name: string;
  /** Puts something in the place of the record of an id. */
  readonly put: (store: Store, id: string) => unknown;
  /** Whether only the serializer finds it out. Default: false. */
  readonly exists?: boolean;
}

/** A record that is whole, with other fields than the cache expects. */
function otherRecord(fields: Parameters<typeof fieldsWith>[0], payload: Uint8Array): Fault['put'] {
  return (store, id) =>
    store.set(id, encodeRecord(fieldsWith({ id, createdAt: Date.now(), ...fields }), payload), NEVER);
}

const FAULTS: readonly Fault[] = [
  { name: 'empty', put: (store, id) => store.set(id, [new Uint8Array(0)], NEVER) },
  { name: 'no record at all', put: (store, id) => store.set(id, [Buffer.from('hello world'.repeat(50))], NEVER) },
  {
    name: 'of a newer format',
    async put(store, id) {
      const [record] = encodeRecord(fieldsWith({ id }), new Uint8Array(9));
      (record as Uint8Array)[12] = 255;
      await store.set(id, [record as Uint8Array], NEVER);
    },
  },
  { name: 'of another serializer', put: otherRecord({ serializer: 'json' }, Buffer.from('{}')) },
  {
    name: 'of a newer version of its serializer',
    put: otherRecord({ serializerVersion: 2 }, Buffer.from([255, 15, 95])),
  },
  { name: 'of another engine', put: otherRecord({ encoding: 0x0009_0f00 }, Buffer.from([255, 15, 95])), exists: true },
  { name: 'of a newer V8', put: otherRecord({ encoding: 0x0001_ff00 }, Buffer.from([255, 255, 95])), exists: true },
  { name: 'of an unknown encoding', put: otherRecord({ encoding: 0x0001_00ff }, new Uint8Array(4)), exists: true },
  { name: 'not what V8 wrote', put: otherRecord({ encoding: 0x0001_0f00 }, new Uint8Array(50).fill(7)), exists: true },
];

describe.each(storeKinds)('When a record of $name is', (kind) => {
  const makeCache = useCaches(kind);

  describe.each(FAULTS)('$name', ({ put, exists = false }) => {
    it.each(ways)('$name computes, replaces it and tells', async ({ ask }) => {
      const { cache, trace, store } = makeCache();
      const compute = (): string => 'computed';
      const { call, item } = ask(cache, compute);
      await put(store, item.id);
      expect(await call()).toBe('computed');
      expect(trace.events[0]).toMatchObject({ type: 'corrupt', id: item.id, error: { id: item.id } });
      expect(trace.take()).toEqual(TOLD);
      expect([await call(), trace.take()]).toEqual(['computed', ['hit']]);
    });

    it('load() throws CorruptItemError, tryLoad() gives the fallback, exists() sees what is no record of its serializer, and all tell', async () => {
      const { cache, trace, store } = makeCache();
      const item = cache.itemForKey(1);
      await put(store, item.id);
      expect(await failureOf(() => item.load())).toMatchObject({
        name: 'CorruptItemError',
        code: 'ERR_TEMPCACHE_CORRUPT_ITEM',
        id: item.id,
      });
      expect(trace.take()).toEqual(TOLD.slice(0, 2));
      expect(await item.tryLoad('fallback')).toBe('fallback');
      expect(trace.take()).toEqual(TOLD.slice(0, 2));
      expect([await item.exists(), trace.take()]).toEqual([exists, exists ? [] : TOLD.slice(0, 1)]);
    });
  });
});

describe.each(storeKinds)('When the serializer cannot decode, over $name', (kind) => {
  const makeCache = useCaches(kind);
  const causes: readonly unknown[] = [new Error('not mine'), 'a text', undefined, null, new RangeError('too deep')];

  it.each(ways)('$name computes, replaces the record and tells', async ({ ask }) => {
    for (const cause of causes) {
      const serializer = failing(cause);
      const { cache, trace } = makeCache({ serializer });
      const compute = (): string => 'computed';
      const { call, item } = ask(cache, compute);
      await call();
      trace.take();
      serializer.broken = true;
      expect([await call(), trace.take()]).toEqual(['computed', TOLD]);
      const failure = await failureOf(() => item.load());
      expect(failure).toBeInstanceOf(CorruptItemError);
      expect(failure).toMatchObject({ id: item.id, cause });
      expect(trace.take()).toEqual(TOLD.slice(0, 2));
      serializer.broken = false;
      expect([await call(), trace.take()]).toEqual(['computed', ['hit']]);
    }
  });
});

describe.each(storeKinds)('When $name answers with what is no list of parts', (kind) => {
  const makeCache = useCaches(kind);
  const answers: readonly unknown[] = [null, 5, 'x'.repeat(500), {}, [], [null], ['x'.repeat(500)], [[]], new Map()];

  it.each(ways)('$name computes and tells', async ({ ask }) => {
    for (const answer of answers) {
      const { cache, trace, break: breakStore } = makeCache();
      const compute = (): string => 'computed';
      const { call, item } = ask(cache, compute);
      breakStore('get', { answer });
      expect(await call()).toBe('computed');
      expect(trace.take().slice(1)).toEqual(['miss corrupt', 'save']);
      expect(await failureOf(() => item.load())).toMatchObject({ name: 'CorruptItemError', id: item.id });
      expect([await item.exists(), await item.tryLoad(7)]).toEqual([false, 7]);
    }
  });

  it('info() is undefined, and so it is for a beginning that is none', async () => {
    const { cache, break: breakStore } = makeCache();
    const item = cache.itemForKey(1);
    await item.save(1);
    for (const answer of [null, 5, {}, { head: null }, { id: item.id, head: new Uint8Array(500), size: 500 }]) {
      breakStore('peek', { answer });
      expect(await item.info()).toBeUndefined();
      expect([await item.olderThan(Infinity), await item.newerThan(-Infinity)]).toEqual([false, false]);
    }
  });
});

describe('A record of another serializer', () => {
  const makeCache = useCaches(storeKinds[0] as (typeof storeKinds)[number]);

  it('is told by the names and versions of both', async () => {
    const { cache } = makeCache({ serializer: failing('never') });
    await cache.itemForKey(1).save(1);
    const { message } = (await failureOf(() =>
      cache.with({ serializer: jsonSerializer() }).itemForKey(1).load(),
    )) as Error;
    expect(message).toContain('was written by "failing" version 0, not by "json" version 1');
  });
});

interface Failing extends Serializer {
  broken: boolean;
}

function failing(cause: unknown): Failing {
  return {
    name: 'failing',
    broken: false,
    serialize: (value) => Buffer.from(JSON.stringify(value)),
    deserialize(bytes) {
      if (this.broken) throw cause;
      return JSON.parse(Buffer.from(bytes).toString()) as unknown;
    },
  };
}
