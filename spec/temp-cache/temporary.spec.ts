import { describe, expect, it } from '@jest/globals';
import { existsSync, lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';

const temporaryFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`tempcache-${process.pid}-`));

describe('TempCache.temporary', () => {
  it('makes a private folder of its own, with all options of a cache', () => {
    using cache = TempCache.temporary({ maxAge: '1h', salt: 'a' });
    using other = TempCache.temporary();
    expect(cache.path).not.toBe(other.path);
    expect(dirname(cache.path as string)).toBe(tmpdir());
    expect(temporaryFolders()).toHaveLength(2);
    expect(lstatSync(cache.path as string).mode & 0o777).toBe(0o700);
    expect(cache.maxAge).toBe(3_600_000);
    cache.itemForKey(1).save('value');
    expect([cache.itemForKey(1).load(), other.itemForKey(1).tryLoad()]).toEqual(['value', undefined]);
  });

  it.each([
    ['close', async (cache: TempCache) => cache.close()],
    ['Symbol.dispose', async (cache: TempCache) => cache[Symbol.dispose]()],
    ['Symbol.asyncDispose', async (cache: TempCache) => cache[Symbol.asyncDispose]()],
  ])('removes it on %s, with whatever lies in it', async (_, close) => {
    const cache = TempCache.temporary();
    const path = cache.path as string;
    cache.itemForKey(1).save('value');
    writeFileSync(join(path, 'notes.txt'), 'mine');
    await close(cache);
    await close(cache);
    expect(existsSync(path)).toBe(false);
  });

  it('removes it when a cache made by with() is closed, for it has the same store', () => {
    const cache = TempCache.temporary().with({ maxAge: '1h' });
    cache.itemForKey(1).save('value');
    cache.close();
    expect(existsSync(cache.path as string)).toBe(false);
  });

  it('minds nothing when it is gone before', () => {
    const [destroyed, removed] = [TempCache.temporary(), TempCache.temporary()];
    destroyed.destroy();
    rmSync(removed.path as string, { recursive: true });
    expect(() => {
      destroyed.close();
      removed.close();
    }).not.toThrow();
  });

  it('leaves no folder when an option is refused', () => {
    const before = new Set(temporaryFolders());
    const wrong = [{ maxAge: 'soon' }, { store: memoryStore() }, { maxage: 1 }, null, { salt: 5 }];
    for (const options of wrong) expect(() => TempCache.temporary(options as object)).toThrow(TypeError);
    expect(temporaryFolders().filter((name) => !before.has(name))).toEqual([]);
    expect(() => TempCache.temporary({ store: memoryStore() } as object)).toThrow(
      'TempCache.temporary() has no option "store"; it knows maxAge, serializer, types, mode, maxEntryBytes',
    );
  });

  it('is what messages about wrong options name', () => {
    expect(() => TempCache.temporary({ maxAge: 'soon' })).toThrow(
      /^The option maxAge of TempCache.temporary\(\) must be/,
    );
  });

  it('listens once for the end of the process, however many there are', () => {
    const before = process.listenerCount('exit');
    const caches = Array.from({ length: 20 }, () => TempCache.temporary());
    expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1);
    for (const cache of caches) cache.close();
    expect(process.listenerCount('exit')).toBe(before);
  });
});
