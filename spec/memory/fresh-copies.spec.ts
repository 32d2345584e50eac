import { describe, expect, it } from '@jest/globals';
import { types } from 'node:util';
import { compressed } from '../../lib/serializers/compressed.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** Keeps the very bytes that it is given, as a lazy reader of a user may. */
const keeping: Serializer = {
  name: 'keeping',
  serialize: (value) => value as Uint8Array,
  deserialize: (bytes) => bytes,
};

interface Sample {
  readonly name: string;
  readonly serializer: Serializer;
  readonly make: () => unknown;
}

const SAMPLES: readonly Sample[] = [
  { name: 'an object', serializer: v8Serializer(), make: () => ({ list: [1, 2], map: new Map([[1, { a: 1 }]]) }) },
  { name: 'a short buffer', serializer: v8Serializer(), make: () => Buffer.from('short') },
  { name: 'a long buffer', serializer: v8Serializer(), make: () => Buffer.alloc(200_000, 'long') },
  { name: 'a typed array', serializer: v8Serializer(), make: () => Float64Array.of(1, 2, 3) },
  { name: 'a long typed array', serializer: v8Serializer(), make: () => new Uint16Array(100_000).fill(7) },
  { name: 'an ArrayBuffer', serializer: v8Serializer(), make: () => new Uint8Array(70_000).fill(7).buffer },
  { name: 'a buffer within an object', serializer: v8Serializer(), make: () => ({ bytes: Buffer.alloc(9000, 1) }) },
  { name: 'a compressed buffer', serializer: compressed(v8Serializer()), make: () => Buffer.alloc(50_000, 'x') },
  { name: 'a buffer too short to compress', serializer: compressed(v8Serializer()), make: () => Buffer.from('x') },
  { name: 'JSON', serializer: jsonSerializer(), make: () => ({ list: [1, 2, { a: 1 }] }) },
  { name: 'the bytes of a user', serializer: keeping, make: () => new Uint8Array(100).fill(3) },
  { name: 'many bytes of a user', serializer: keeping, make: () => new Uint8Array(100_000).fill(3) },
];

/** Changes all that can be changed. */
function spoil(value: unknown): void {
  if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0xee);
  else if (types.isArrayBuffer(value)) new Uint8Array(value).fill(0xee);
  else if (types.isMap(value)) for (const member of value.values()) spoil(member);
  else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) spoil(member);
    Object.assign(value, { 0: 'spoiled', spoiled: true });
  }
}

const MEMORIES = [{}, { memory: true }, { memory: { maxAge: '1h' } }] as const;
const KINDS = storeKinds.flatMap((kind) => MEMORIES.map((options) => ({ ...kind, options })));

describe.each(KINDS)('Over $name with $options, a value', (kind) => {
  const makeCache = useCaches(kind);

  it.each(SAMPLES)('that a caller changes never shows in a later hit: $name', async ({ serializer, make }) => {
    const { cache, trace } = makeCache({ serializer, ...kind.options });
    const load = cache.wrap((_n: number) => make(), { name: 'load' });
    for (let round = 0; round < 5; round++) {
      const value = await load(1);
      expect(value).toStrictEqual(make());
      spoil(value);
    }
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit', 'hit', 'hit']);
  });

  it.each(SAMPLES)('that is kept stays what it was while others are read: $name', async ({ serializer, make }) => {
    const { cache } = makeCache({ serializer });
    const item = cache.itemForKey('kept');
    const other = cache.itemForKey('other');
    await item.save(make());
    await other.save(spoiled(make()));
    const kept = await item.load();
    await other.load();
    await other.info();
    await other.save(spoiled(make()));
    expect(kept).toStrictEqual(make());
  });

  it('that is saved is what it was at that moment', async () => {
    const { cache } = makeCache();
    for (const make of [() => Buffer.alloc(10, 1), () => Buffer.alloc(100_000, 1), () => [1, 2, 3] as unknown]) {
      const value = make();
      await cache.itemForKey(1).save(value);
      spoil(value);
      expect(await cache.itemForKey(1).load()).toStrictEqual(make());
    }
  });
});

describe.each(storeKinds)('Over $name, a serializer', (kind) => {
  const makeCache = useCaches(kind);

  it('that uses the cache while it reads still reads its own record', async () => {
    const nested: Serializer = {
      name: 'nested',
      serialize: (value) => Buffer.from(JSON.stringify(value)),
      deserialize(bytes) {
        if (kind.kind === 'sync') void inner();
        return JSON.parse(Buffer.from(bytes).toString()) as unknown;
      },
    };
    const { cache } = makeCache();
    const inner = cache.wrap(() => 'x'.repeat(500), { name: 'inner' });
    await inner();
    const outer = cache.wrap(() => Promise.resolve({ a: 1 }), { name: 'outer', serializer: nested });
    for (let round = 0; round < 3; round++) {
      const answer = outer();
      expect(typeof answer.then).toBe('function');
      expect(await answer).toEqual({ a: 1 });
    }
  });
});

function spoiled(value: unknown): unknown {
  spoil(value);
  return ArrayBuffer.isView(value) || types.isArrayBuffer(value) ? value : { other: true };
}
