import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { UnsafeFolderError } from '../../lib/common/errors.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace, type Trace } from '../support/trace.ts';
import { ways } from '../support/ways.ts';

const folder = useTempFolders();
const isRoot = process.getuid?.() === 0;

interface Danger {
  readonly name: string;
  /** Turns a safe folder into an unsafe one. */
  readonly make: (path: string) => void;
}

const DANGERS: readonly Danger[] = [
  {
    name: 'a symbolic link',
    make(path) {
      renameSync(path, `${path}-elsewhere`);
      symlinkSync(`${path}-elsewhere`, path);
    },
  },
  {
    name: "somebody's documents",
    make(path) {
      mkdirSync(`${path}/thesis`);
    },
  },
  { name: 'writable by all', make: (path) => chmodSync(path, 0o777) },
  { name: 'writable by its group', make: (path) => chmodSync(path, 0o720) },
  // Only the super-user can give a folder away.
  ...(isRoot ? [{ name: "another user's", make: (path: string) => chownSync(path, 12_345, 12_345) }] : []),
];

/** A cache in a folder that is not safe, and what lies in that. */
function unsafeCache({ make }: Danger): { cache: TempCache<Store>; trace: Trace; path: string; files: string[] } {
  const path = `${folder()}/cache`;
  mkdirSync(path, { mode: 0o700 });
  make(path);
  const trace = makeTrace();
  const cache: unknown = new TempCache(path, { onEvent: trace.onEvent });
  return { cache: cache as TempCache<Store>, trace, path, files: readdirSync(path) };
}

const warn = jest.spyOn(process, 'emitWarning');

beforeEach(() => {
  warn.mockReset();
});

afterEach(() => {
  warn.mockReset();
});

const UNSAFE = { name: 'UnsafeFolderError', code: 'ERR_TEMPCACHE_UNSAFE_FOLDER' };

describe.each(DANGERS)('When the folder is $name', (danger) => {
  it.each(ways)('$name computes each time, and says so: by events, and once by a warning', async ({ ask }) => {
    const { cache, trace, path, files } = unsafeCache(danger);
    let calls = 0;
    const compute = (): number => ++calls;
    const { call } = ask(cache, compute);
    const told = [`readFailed ${UNSAFE.code}`, 'miss absent', `writeFailed ${UNSAFE.code}`];
    for (const n of [1, 2]) expect([await call(), trace.take()]).toEqual([n, told]);
    expect(readdirSync(path)).toEqual(files);
    const says = expect.stringMatching(
      /^Cached calls compute each time: The cache folder .* is not safe to use: .*; .*folder/,
    );
    expect(warn.mock.calls).toEqual([[says, { type: 'TempCacheWarning', code: UNSAFE.code }]]);
  });

  it('caches of one folder warn once together, and calls of generators too', () => {
    const { cache, path, files } = unsafeCache(danger);
    const items = cache.wrap(function* items(n: number) {
      yield n;
    });
    expect([...(items(1) as Iterable<number>)]).toEqual([1]);
    const other = new TempCache(`${path}/`);
    expect(other.wrap((n: number) => n, { name: 'same' })(2)).toBe(2);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(readdirSync(path)).toEqual(files);
  });

  it('what is kept in memory is not served either', () => {
    const { cache, path } = unsafeCache(danger);
    let calls = 0;
    const cached = new TempCache(path, { memory: true }).wrap(() => ++calls, { name: 'compute' });
    expect([cached(), cached(), cache.path]).toEqual([1, 2, path]);
  });

  it('explain() says so', () => {
    const { cache } = unsafeCache(danger);
    const cached = cache.wrap((n: number) => n, { name: 'same' });
    expect(cached.cache.explain(1)).toMatchObject({
      status: 'miss',
      message: expect.stringMatching(/is not safe to use/),
    });
  });

  it('every member of an item but tryLoad and trySave throws', async () => {
    const { cache, trace, path, files } = unsafeCache(danger);
    const item = cache.itemForKey(1);
    for (const call of [
      () => item.load(),
      () => item.exists(),
      () => item.save(1),
      () => item.delete(),
      () => item.info(),
      () => item.olderThan(0),
      () => item.newerThan(0),
      () => cache.clear(),
      () => cache.prune(),
      () => cache.destroy(),
      () => [...(cache.items() as Iterable<unknown>)],
    ]) {
      expect(await failureOf(call)).toMatchObject({ ...UNSAFE, path });
    }
    expect([trace.take(), readdirSync(path)]).toEqual([[], files]);
    expect([await item.tryLoad('fallback'), await item.trySave(1)]).toEqual(['fallback', false]);
    const told = [`readFailed ${UNSAFE.code}`, 'miss absent', `writeFailed ${UNSAFE.code}`];
    expect(trace.take()).toEqual(told);
    expect(readdirSync(path)).toEqual(files);
  });

  it('a cache that never reads says so when it would save', async () => {
    const { cache, trace, path, files } = unsafeCache(danger);
    const compute = (): number => 1;
    expect(await cache.with({ mode: 'refresh' }).cacheResult(compute)).toBe(1);
    expect(trace.take()).toEqual(['miss refresh', `writeFailed ${UNSAFE.code}`]);
    expect([readdirSync(path), warn.mock.calls.length]).toEqual([files, 1]);
  });

  it('a cache that is off does not look', async () => {
    const { cache } = unsafeCache(danger);
    const compute = (): number => 1;
    expect(await cache.with({ mode: 'off' }).cacheResult(compute)).toBe(1);
  });
});

describe('When the private root is a symbolic link', () => {
  it('nothing below it is used', async () => {
    const root = `${folder()}/root`;
    mkdirSync(`${root}-elsewhere`, { mode: 0o700 });
    symlinkSync(`${root}-elsewhere`, root);
    const before = process.env['TEMPCACHE_DIR'];
    process.env['TEMPCACHE_DIR'] = root;
    try {
      const cache = new TempCache('mine');
      expect(await failureOf(() => cache.itemForKey(1).save(1))).toMatchObject({ ...UNSAFE, path: root });
      expect(existsSync(`${root}-elsewhere/mine`)).toBe(false);
    } finally {
      if (before === undefined) delete process.env['TEMPCACHE_DIR'];
      else process.env['TEMPCACHE_DIR'] = before;
    }
  });
});

describe('When a store that answers with promises says that a folder is unsafe', () => {
  it.each(ways)('$name computes all the same', async ({ ask }) => {
    const compute = (): number => 1;
    for (const operation of ['get', 'set'] as const) {
      for (const error of [new UnsafeFolderError('unsafe'), { code: UNSAFE.code, message: 'of another copy' }]) {
        const { store, break: breakStore } = makeFaulty<Store>(memoryStore({ async: true }));
        breakStore(operation, { error });
        const { call } = ask(new TempCache<Store>('spec', { store }), compute);
        expect(await call()).toBe(1);
      }
    }
  });
});
