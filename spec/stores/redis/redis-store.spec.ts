import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { redisStore } from '../../../lib/stores/redis/redis-store.ts';
import { storeOfUrl } from '../../../lib/stores/schemes.ts';
import { testStore } from '../../../lib/testing/index.ts';
import { bytesOf, idOf, NEVER } from '../../../lib/testing/support.ts';
import { describeWithRedis } from '../../support/servers/redis.ts';

let prefixes = 0;
const newPrefix = (): string => `[cache] * ${++prefixes}`;

describeWithRedis('redisStore', (server) => {
  testStore(
    'by a URL',
    () => {
      const prefix = newPrefix();
      const make = () => redisStore(server.url(), { prefix });
      return { store: make(), other: make() };
    },
    { keepsUses: false, runsOut: false },
  );

  testStore(
    'by a client of redis',
    async () => {
      const client = createClient({ url: server.url() });
      await client.connect();
      const prefix = newPrefix();
      const make = () => redisStore(client, { prefix });
      return { store: make(), other: make(), dispose: async () => client.close() };
    },
    { keepsUses: false, runsOut: false },
  );

  testStore(
    'by a client of ioredis',
    () => {
      const client = new Redis(server.url());
      const prefix = newPrefix();
      const make = () => redisStore(client, { prefix });
      return { store: make(), other: make(), dispose: async () => client.disconnect() };
    },
    { keepsUses: false, runsOut: false },
  );

  it('has the server drop what nobody wants any more', async () => {
    const client = createClient({ url: server.url() });
    await client.connect();
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await store.set(idOf(1), [bytesOf(10)], { expiresAt: Date.now() + 60_000 });
    await store.set(idOf(2), [bytesOf(10)], NEVER);
    const left = await Promise.all([1, 2].map(async (n) => client.pTTL(`${prefix}:r:${idOf(n)}`)));
    expect(left).toEqual([expect.any(Number), -1]);
    expect(left[0]).toBeGreaterThan(50_000);
    await client.close();
  });

  it('shares nothing with another prefix, and leaves keys of others alone', async () => {
    const [one, two] = ['a', 'a:r'].map((prefix) => redisStore(server.url(), { prefix }));
    await one?.set(idOf(1), [bytesOf(10)], NEVER);
    await two?.set(idOf(1), [bytesOf(20)], NEVER);
    expect(await one?.clear()).toBe(1);
    expect((await two?.get(idOf(1)))?.[0]?.length).toBe(20);
    await Promise.all([one?.close(), two?.close()]);
  });

  it('is the store of a URL, whose records are those of every such store', async () => {
    const [store, same] = [storeOfUrl(server.url()), redisStore(server.url())];
    expect(store.scope).toBe(same.scope);
    expect(redisStore(`redis://me:secret@127.0.0.1:${server.port()}`).scope).not.toMatch(/secret/);
    await Promise.all([store.close(), same.close()]);
  });
});

describe('redisStore', () => {
  it.each([
    ['nothing', undefined],
    ['another URL', 'http://localhost'],
    ['no client', {}],
  ])('refuses %s', (_what, given) => {
    expect(() => redisStore(given as string)).toThrow(/redisStore\(\) needs a URL/);
  });

  it('refuses unknown options', () => {
    expect(() => redisStore('redis://localhost', { prefx: 'a' } as object)).toThrow(/did you mean "prefix"/);
  });
});
