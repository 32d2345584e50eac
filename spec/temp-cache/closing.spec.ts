import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../lib/common/errors.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';

describe('A closed cache', () => {
  const folder = useTempFolders();

  it.each([
    ['in a folder', () => new TempCache(join(folder(), 'cache'))],
    ['over memory', () => new TempCache('spec', { store: memoryStore() })],
  ])('%s goes on without its entries, and says so', (_, make) => {
    const trace = makeTrace();
    const cache = make().with({ onEvent: trace.onEvent });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    expect([count(), count()]).toEqual([1, 1]);
    const item = count.cache.itemFor();
    trace.take();
    cache.close();
    expect([count(), cache.cacheResult(count)]).toEqual([2, 3]);
    const uncached = ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'writeFailed ERR_TEMPCACHE_STORE'];
    expect(trace.take()).toEqual([...uncached, ...uncached]);
    expect(() => item.load()).toThrow(StoreError);
    expect(() => item.save(1)).toThrow(StoreError);
    expect([item.tryLoad('none'), item.trySave(1)]).toEqual(['none', false]);
    for (const call of [() => [...cache.items()], () => cache.clear(), () => cache.prune()])
      expect(call).toThrow(StoreError);
  });

  it('over a store that answers later rejects, and its functions go on', async () => {
    const cache = new TempCache('far', { store: memoryStore({ async: true }) });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    await count();
    await cache.close();
    expect(await count()).toBe(2);
    await expect(cache.itemForKey(1).load()).rejects.toThrow(StoreError);
    await expect(cache.clear()).rejects.toThrow(StoreError);
  });

  it('may be closed again, and keeps its files', async () => {
    const path = join(folder(), 'cache');
    const cache = new TempCache(path);
    cache.itemForKey(1).save('value');
    cache.close();
    cache.close();
    cache[Symbol.dispose]();
    await cache[Symbol.asyncDispose]();
    expect(new TempCache(path).itemForKey(1).load()).toBe('value');
  });

  it('is what the end of a block leaves', async () => {
    const path = join(folder(), 'cache');
    let left: TempCache;
    {
      using cache = new TempCache(path);
      left = cache;
      cache.itemForKey(1).save('value');
    }
    expect(() => left.itemForKey(1).load()).toThrow(StoreError);
    let far;
    {
      await using cache = new TempCache('far', { store: memoryStore({ async: true }) });
      far = cache;
      await cache.itemForKey(1).save('value');
    }
    await expect(far.itemForKey(1).load()).rejects.toThrow(StoreError);
  });

  it('leaves no rejection unhandled when its store fails to close at the end of a block', async () => {
    const close = async (): Promise<never> => {
      throw new Error('gone');
    };
    const store = { ...memoryStore({ async: true }), close };
    const cache = new TempCache('far', { store });
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    cache[Symbol.dispose]();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
    await expect(cache.close()).rejects.toThrow('gone');
  });
});

describe('destroy()', () => {
  const folder = useTempFolders();

  it('removes the folder', () => {
    const path = join(folder(), 'cache');
    const cache = new TempCache(path);
    for (let key = 0; key < 10; key++) cache.itemForKey(key).save(key);
    cache.destroy();
    expect(existsSync(path)).toBe(false);
    cache.destroy();
    cache.itemForKey(1).save(1);
    expect(cache.itemForKey(1).load()).toBe(1);
  });

  it('leaves files of others, and then the folder', () => {
    const path = join(folder(), 'cache');
    const cache = new TempCache(path);
    cache.itemForKey(1).save(1);
    writeFileSync(join(path, 'notes.txt'), 'mine');
    cache.destroy();
    expect(readdirSync(path)).toEqual(['notes.txt']);
  });

  it('does nothing in the mode off, and so do clear() and prune()', () => {
    const path = join(folder(), 'cache');
    const cache = new TempCache(path, { maxAge: 0 });
    cache.itemForKey(1).save(1);
    const off = cache.with({ mode: 'off' });
    expect([off.clear(), off.prune()]).toEqual([0, NOTHING_PRUNED]);
    off.destroy();
    expect(readdirSync(path)).toHaveLength(1);
  });
});
