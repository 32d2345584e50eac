import { describe, expect, it } from '@jest/globals';
import { jsonSerializer } from '../../../lib/serializers/json.ts';
import type { Serializer } from '../../../lib/serializers/serializer.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { explain, load, run } from '../../support/explained.ts';
import { storeKinds, useCaches } from '../../support/store-kinds.ts';

const mine = (version: number, change: Partial<Serializer> = {}): Serializer => ({
  name: 'mine',
  version,
  serialize: (value) => Buffer.from(JSON.stringify(value)),
  deserialize: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  ...change,
});
const CALL = { fn: load, args: [1] };

describe.each(storeKinds)('Over $name, an explanation', (kind) => {
  const make = useCaches(kind);

  it('names another serializer, and another version of it', async () => {
    const { cache } = make({ serializer: mine(1) });
    await run(cache, CALL);
    const other = await explain(cache.with({ serializer: jsonSerializer() }), CALL);
    expect(other).toMatchObject({ status: 'miss', reason: 'corrupt', differs: ['serializer'] });
    expect(other.message).toBe(
      'It would be computed: the entry is by the serializer "mine", this call reads with "json".',
    );
    const newer = await explain(cache.with({ serializer: mine(2) }), CALL);
    expect(newer).toMatchObject({ status: 'miss', reason: 'corrupt', differs: ['serializerVersion'] });
    expect(newer.message).toBe(
      'It would be computed: the entry is by version 1 of the serializer "mine", this call reads with version 2.',
    );
  });

  it('says why a value cannot be decoded', async () => {
    const { cache } = make({ serializer: mine(1) });
    await run(cache, CALL);
    const deserialize = (): never => {
      throw new RangeError('no such thing');
    };
    const told = await explain(cache.with({ serializer: mine(1, { deserialize }) }), CALL);
    const id = told.nearest?.id;
    expect(told).toMatchObject({ status: 'miss', reason: 'corrupt', differs: [] });
    expect(told.message).toBe(
      `It would be computed: the entry cannot be used. The serializer "mine" cannot read the record of ${id} (RangeError: no such thing).`,
    );
  });

  it('says what is wrong with a damaged entry', async () => {
    const { cache, store } = make();
    const id = cache.wrap(load).cache.itemFor(1).id;
    await store.set(id, [Buffer.from('no record')], { expiresAt: Infinity });
    expect(await explain(cache, CALL)).toEqual({
      status: 'miss',
      reason: 'corrupt',
      message: `It would be computed: the entry cannot be used. The record of ${id} cannot be read: it has only 9 bytes.`,
      differs: [],
      nearest: undefined,
    });
  });

  it.each(['get', 'peek'] as const)('says that the store fails, in %s', async (operation) => {
    const { cache, break: breakStore } = make();
    await run(cache, CALL);
    breakStore(operation, { error: new Error('no power') });
    expect(await explain(cache, CALL)).toEqual({
      status: 'miss',
      reason: 'absent',
      message: 'It would be computed: the store cannot be read (Error: no power).',
      differs: [],
      nearest: undefined,
    });
  });

  it('says that other entries cannot be read', async () => {
    const { cache, break: breakStore } = make();
    await run(cache, CALL);
    breakStore('entries', { error: new Error('no power') });
    const { message } = await explain(cache, { fn: load, args: [2] });
    expect(message).toBe(
      'It would be computed: nothing is stored for this call. Other entries could not be read (Error: no power).',
    );
  });

  it('throws no answer of a store that is none', async () => {
    const { cache, break: breakStore } = make();
    breakStore('get', { answer: 'nonsense' });
    expect(await explain(cache, CALL)).toMatchObject({ status: 'miss', reason: 'corrupt' });
  });

  it('throws or rejects for a key that is refused', async () => {
    const { cache } = make();
    await expect(explain(cache, { fn: load, args: [Symbol('mine')] })).rejects.toMatchObject({
      code: 'ERR_TEMPCACHE_UNKEYABLE',
      path: 'args[0]',
    });
  });
});

describe('Over a closed store, an explanation', () => {
  it('says so', () => {
    const cache = new TempCache('spec', { store: memoryStore() });
    const cached = cache.wrap(load);
    cache.close();
    expect(cached.cache.explain(1)).toMatchObject({ status: 'miss', reason: 'absent' });
    expect(cached.cache.explain(1).message).toMatch(/^It would be computed: the store cannot be read \(/);
  });
});
