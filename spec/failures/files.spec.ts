import { describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';
import { ways } from '../support/ways.ts';

const folder = useTempFolders();
const CORRUPT = ['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save'];

interface Damage {
  readonly name: string;
  /** What somebody does to the file of a record, which is there. */
  readonly make: (file: string) => void;
  /** What the next call tells. */
  readonly told: readonly string[];
  /** Whether the call after it is a hit. */
  readonly healed: boolean;
}

const DAMAGES: readonly Damage[] = [
  { name: 'removed', make: (file) => rmSync(file), told: ['miss absent', 'save'], healed: true },
  { name: 'emptied', make: (file) => truncateSync(file), told: CORRUPT, healed: true },
  { name: 'cut', make: (file) => truncateSync(file, statSync(file).size - 1), told: CORRUPT, healed: true },
  { name: 'overwritten', make: (file) => writeFileSync(file, 'garbage'.repeat(100)), told: CORRUPT, healed: true },
  { name: 'made long', make: (file) => truncateSync(file, 300_000), told: CORRUPT, healed: true },
  {
    name: 'replaced by a link to a good record',
    make(file) {
      renameSync(file, `${dirname(file)}-record`);
      symlinkSync(`${dirname(file)}-record`, file);
    },
    told: ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'save'],
    healed: true,
  },
  {
    name: 'replaced by a link to nowhere',
    make(file) {
      rmSync(file);
      symlinkSync('/nowhere/at/all', file);
    },
    told: ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'save'],
    healed: true,
  },
  {
    name: 'replaced by a folder',
    make(file) {
      rmSync(file);
      mkdirSync(`${file}/inside`, { recursive: true });
    },
    told: ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'writeFailed ERR_TEMPCACHE_STORE'],
    healed: false,
  },
];

describe.each(DAMAGES)('When the file of a record is $name', ({ make, told, healed }) => {
  it.each(ways)('$name gives the right value and tells', async ({ ask }) => {
    const trace = makeTrace();
    const made: unknown = new TempCache(`${folder()}/cache`, { onEvent: trace.onEvent });
    const compute = (): string => 'computed';
    const { call, item } = ask(made as TempCache<Store>, compute);
    await call();
    trace.take();
    make(item.path as string);
    expect([await call(), trace.take()]).toEqual(['computed', told]);
    expect([await call(), trace.take()]).toEqual(['computed', healed ? ['hit'] : told]);
    if (healed) expect(lstatSync(item.path as string).isFile()).toBe(true);
  });
});

describe('When a folder stands where a record belongs', () => {
  it('load() and save() throw a StoreError that says so, and trySave() is false', async () => {
    const cache = new TempCache(`${folder()}/cache`);
    const item = cache.itemForKey(1);
    mkdirSync(`${item.path}/inside`, { recursive: true, mode: 0o700 });
    const about = { name: 'StoreError', code: 'ERR_TEMPCACHE_STORE', id: item.id, path: item.path };
    for (const call of [() => item.load(), () => item.exists(), () => item.info(), () => item.save(1)]) {
      const failure = (await failureOf(call)) as Error;
      expect(failure).toMatchObject(about);
      expect(failure.cause).toHaveProperty('code');
    }
    expect([item.trySave(1), item.tryLoad('fallback')]).toEqual([false, 'fallback']);
    expect(existsSync(`${item.path}/inside`)).toBe(true);
  });
});

describe('When the folder of the cache', () => {
  function cacheIn(path: string): { cache: TempCache; trace: ReturnType<typeof makeTrace> } {
    const trace = makeTrace();
    return { cache: new TempCache(path, { onEvent: trace.onEvent }), trace };
  }

  it('is replaced by a file, everything says so', async () => {
    const path = `${folder()}/cache`;
    writeFileSync(path, 'no folder');
    const { cache, trace } = cacheIn(path);
    const one = (): number => 1;
    for (const call of [() => cache.itemForKey(1).save(1), () => cache.prune()]) {
      expect(await failureOf(call)).toMatchObject({ code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', path });
    }
    expect([cache.cacheResult(one), trace.take()]).toEqual([
      1,
      ['readFailed ERR_TEMPCACHE_UNSAFE_FOLDER', 'miss absent', 'writeFailed ERR_TEMPCACHE_UNSAFE_FOLDER'],
    ]);
    expect(readFileSync(path, 'utf8')).toBe('no folder');
  });

  it('is replaced by a file in the middle, calls give the right value or say so', async () => {
    const path = `${folder()}/cache`;
    const { cache } = cacheIn(path);
    let calls = 0;
    const count = cache.wrap((_n: number) => ++calls, { name: 'count' });
    count(1);
    rmSync(path, { recursive: true });
    writeFileSync(path, 'no folder');
    expect([count(1), count(1)]).toEqual([2, 3]);
    rmSync(path);
    expect([count(1), count(1)]).toEqual([calls, calls]);
  });

  it('lies below a file, calls compute and tell', () => {
    const file = `${folder()}/file`;
    writeFileSync(file, 'no folder');
    const { cache, trace } = cacheIn(`${file}/cache`);
    const one = (): number => 1;
    expect(cache.cacheResult(one)).toBe(1);
    const { take } = trace;
    // Neither the lease nor the value can be kept there.
    expect(take()).toEqual(['writeFailed ERR_TEMPCACHE_STORE', 'miss absent', 'writeFailed ERR_TEMPCACHE_STORE']);
    expect(() => cache.itemForKey(1).save(1)).toThrow(expect.objectContaining({ code: 'ERR_TEMPCACHE_STORE' }));
    expect(cache.itemForKey(1).exists()).toBe(false);
  });

  it('vanishes between two calls, the next one computes and makes it again', () => {
    const path = `${folder()}/below/cache`;
    const { cache, trace } = cacheIn(path);
    const one = (): number => 1;
    cache.cacheResult(one);
    for (const gone of [path, dirname(path)]) {
      rmSync(gone, { recursive: true });
      trace.take();
      expect([cache.cacheResult(one), cache.cacheResult(one)]).toEqual([1, 1]);
      expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
    }
  });

  it('vanishes while a function runs, its value is stored all the same', async () => {
    const path = `${folder()}/cache`;
    const { cache, trace } = cacheIn(path);
    cache.itemForKey('other').save(1);
    trace.take();
    const load = cache.wrap(async () => rmSync(path, { recursive: true }), { name: 'load' });
    await load();
    expect(trace.take()).toEqual(['miss absent', 'save']);
    expect(readdirSync(path)).toEqual([load.cache.itemFor().id]);
  });

  it('may be read by others, it is used', () => {
    const path = `${folder()}/cache`;
    mkdirSync(path);
    chmodSync(path, 0o755);
    const { cache } = cacheIn(path);
    cache.itemForKey(1).save(1);
    expect([cache.itemForKey(1).load(), statSync(cache.itemForKey(1).path as string).mode & 0o777]).toEqual([1, 0o600]);
  });
});
