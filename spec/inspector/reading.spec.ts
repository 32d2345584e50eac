import { describe, expect, it } from '@jest/globals';
import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { serializerNamed } from '../../lib/inspector/reading.ts';
import { compressed } from '../../lib/serializers/compressed.ts';
import { devalueSerializer } from '../../lib/serializers/devalue.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { START, useClock } from '../support/clock.ts';
import { countTo, flip, partsIn, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const inspected = useInspected();
const clock = useClock();

/** A serializer that only its program knows. */
function own(version: number): Serializer {
  return {
    name: 'own',
    version,
    serialize: (value) => Buffer.from(`${version}:${String(value)}`),
    deserialize: (bytes) => Buffer.from(bytes).toString(),
  };
}

function saved(serializer: Serializer, value: unknown) {
  const { cache, inspector, path } = inspected({ serializer });
  const item = cache.itemForKey('key');
  item.save(value);
  return { id: item.id, inspector, path };
}

const VALUE = { list: [1, 2, 3], text: 'long enough to be compressed '.repeat(100) };

describe('load', () => {
  it.each([v8Serializer(), jsonSerializer(), compressed(v8Serializer()), compressed(compressed(jsonSerializer()))])(
    'reads what $name has written',
    (serializer) => {
      const { id, inspector } = saved(serializer, VALUE);
      expect(inspector.load(id)).toEqual(VALUE);
    },
  );

  it('reads large values and binary ones', () => {
    const bytes = Buffer.alloc(300_000, 'abc');
    const { id, inspector } = saved(v8Serializer(), bytes);
    expect(inspector.load(id)).toEqual(bytes);
  });

  it('reads expired values', () => {
    const { id, inspector } = saved(v8Serializer(), 'old');
    clock.now += 1e12;
    expect([inspector.read(id).info.expired, inspector.load(id)]).toEqual([true, 'old']);
  });

  it('gives an array of all that a generator gave', () => {
    const { cache, inspector } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    for (const end of [0, 3, 2500]) {
      for (const _ of count(end));
      expect(inspector.load(count.cache.itemFor(end).id)).toEqual([...countTo(end)]);
    }
  });

  it('fails when a part of a run is missing', () => {
    const { cache, inspector, path } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(2500));
    unlinkSync(join(path, partsIn(path)[0] as string));
    expect(() => inspector.load(count.cache.itemFor(2500).id)).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_CORRUPT_ITEM' }),
    );
  });

  it('names the serializer that it needs, and takes it', () => {
    const { id, inspector } = saved(compressed(own(1)), 'mine');
    expect(() => inspector.load(id)).toThrow(
      expect.objectContaining({
        code: 'ERR_TEMPCACHE_UNKNOWN_SERIALIZER',
        id,
        message: expect.stringContaining('"compressed-own"'),
      }),
    );
    expect(inspector.load(id, { serializers: [own(1)] })).toBe('1:mine');
    expect(inspector.load(id, { serializers: [compressed(own(1))] })).toBe('1:mine');
  });

  it('takes the serializer of the version that the record names', () => {
    const { id, inspector } = saved(own(2), 'mine');
    expect(inspector.load(id, { serializers: [own(1), own(2), own(3)] })).toBe('2:mine');
    expect(() => inspector.load(id, { serializers: [own(1)] })).toThrow('was written by "own" version 2');
  });

  it('says where the serializer for devalue is', async () => {
    const { id, inspector } = saved(compressed(devalueSerializer()), new Map([[1, new Date(START)]]));
    expect(() => inspector.load(id)).toThrow('devalueSerializer() of tempcache/devalue');
    const serializer = (await serializerNamed(inspector.read(id).info.serializer)) as Serializer;
    expect(inspector.load(id, { serializers: [serializer] })).toEqual(new Map([[1, new Date(START)]]));
  });

  it('refuses options that it does not know', () => {
    const { id, inspector } = saved(v8Serializer(), 1);
    expect(() => inspector.load(id, { serializer: v8Serializer() } as object)).toThrow('load() has no option');
  });
});

describe('serializerNamed', () => {
  it.each(['v8', 'json', 'devalue', 'compressed-v8', 'compressed-devalue', 'compressed-compressed-json'])(
    'knows %s',
    async (name) => {
      expect(await serializerNamed(name)).toMatchObject({ name });
    },
  );

  it.each(['', 'msgpack', 'compressed-', 'compressed-msgpack', 'V8'])('does not know %j', async (name) => {
    expect(await serializerNamed(name)).toBeUndefined();
  });
});

describe('read', () => {
  it('gives the bytes of the serializer, which are the caller’s own', () => {
    const { id, inspector } = saved(jsonSerializer(), VALUE);
    const { info, payload } = inspector.read(id);
    inspector.read(id);
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(VALUE);
    expect(info).toEqual([...inspector.entries()][0]);
  });

  it.each([100, 70_000])('gives %d bytes as they are', (length) => {
    const { id, inspector, path } = saved(own(1), 'x'.repeat(length));
    const { info, payload } = inspector.read(id);
    expect(Buffer.from(payload).toString()).toBe(`1:${'x'.repeat(length)}`);
    expect(info.bytes).toBe(readFileSync(join(path, id)).length);
  });

  it('tells what is missing from what is damaged', () => {
    const { id, inspector, path } = saved(v8Serializer(), VALUE);
    const missing = { code: 'ERR_TEMPCACHE_MISSING_ITEM', reason: 'absent' };
    expect(() => inspector.read(idOf('absent'))).toThrow(expect.objectContaining(missing));
    expect(() => inspected().inspector.load(id)).toThrow(expect.objectContaining(missing));
    flip(path, id);
    expect(() => inspector.read(id)).toThrow(expect.objectContaining({ code: 'ERR_TEMPCACHE_CORRUPT_ITEM', id }));
    expect(() => inspector.load(id)).toThrow('checksum');
  });

  it('gives no part of a run, and nothing for what is no id', () => {
    const { cache, inspector, path } = inspected();
    for (const _ of cache.wrap(countTo, { name: 'count' })(2500));
    expect(() => inspector.read(partsIn(path)[0] as string)).toThrow('is not in the cache');
    expect(() => inspector.read('abcd')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });
});
