import { beforeEach, describe, expect, it } from '@jest/globals';
import { EntryTooLargeError } from '../../lib/common/errors.ts';
import { useLimitedCaches, type LimitedCache } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';
import { ways } from '../support/ways.ts';

const LARGE = 'x'.repeat(5000);

describe.each(storeKinds)('values that are too large over $name', (kind) => {
  const open = useLimitedCaches(kind);
  let current: LimitedCache;

  describe.each([{ maxEntryBytes: 4000 }, { maxBytes: 4000 }, { maxEntryBytes: '4000b', maxBytes: '1MB' }])(
    'with %j',
    (limits) => {
      beforeEach(() => {
        current = open(limits);
      });

      it.each(ways)('are given by $name, and not stored', async ({ ask }) => {
        const { call, item } = ask(current.cache, function compute() {
          return LARGE;
        });
        expect(await call()).toBe(LARGE);
        expect(current.trace.take()).toEqual(['miss absent', 'skip maxEntryBytes']);
        expect(await item.exists()).toBe(false);
        expect(await current.bytes()).toBe(0);
      });

      it('are refused by save(), and trySave() says so', async () => {
        const item = current.cache.itemForKey('a');
        const saving = (async () => item.save(LARGE))();
        await expect(saving).rejects.toBeInstanceOf(EntryTooLargeError);
        await expect(saving).rejects.toMatchObject({ code: 'ERR_TEMPCACHE_ENTRY_TOO_LARGE', id: item.id });
        await expect(saving).rejects.toThrow(/^Item [0-9a-f]{64} takes 5\d\d\d bytes, and max\w+ allows 4000/);
        expect(await item.trySave(LARGE)).toBe(false);
        expect(current.trace.take()).toEqual(['writeFailed ERR_TEMPCACHE_ENTRY_TOO_LARGE']);
        expect(await current.bytes()).toBe(0);
      });

      it('let nothing else go', async () => {
        await current.save('a', 1000);
        await current.save('b', 1000);
        await current.cache.itemForKey('c').trySave(LARGE);
        expect(await current.keys()).toBe('ab');
      });
    },
  );

  it('are told apart by the whole record: one byte decides', async () => {
    current = open({});
    await current.save('a', 100);
    const size = await current.bytes();
    const exact = open({ maxEntryBytes: size }, current);
    await exact.save('b', 100);
    expect(await exact.cache.itemForKey('c').trySave('x'.repeat(101))).toBe(false);
    expect(await current.keys()).toBe('ab');
  });

  it('may be so for one function, or in with(), alone', async () => {
    current = open({});
    const text = current.cache.wrap((): string => LARGE, { name: 'text', maxEntryBytes: 100 });
    await text();
    await current.cache.with({ maxEntryBytes: 100 }).itemForKey('a').trySave(LARGE);
    expect(await current.bytes()).toBe(0);
    await current.cache.itemForKey('a').save(LARGE);
    expect(await current.keys()).toBe('a');
  });
});
