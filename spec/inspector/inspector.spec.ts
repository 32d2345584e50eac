import { describe, expect, it, jest } from '@jest/globals';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../../lib/inspector/entries.ts';
import { CacheInspector } from '../../lib/inspector/inspector.ts';
import { openSource } from '../../lib/inspector/source.ts';
import { StoreError } from '../../lib/common/errors.ts';
import { cacheRoot } from '../../lib/options/location.ts';
import { useInspected, type Inspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const inspected = useInspected();

/** All that can be asked of a folder, but for its diagnosis. */
const questions: readonly { name: string; ask: (inspector: CacheInspector) => unknown }[] = [
  { name: 'exists()', ask: (inspector) => inspector.exists() },
  { name: 'summary()', ask: (inspector) => inspector.summary() },
  { name: 'functions()', ask: (inspector) => inspector.functions() },
  { name: 'entries()', ask: (inspector) => [...inspector.entries()] },
  { name: 'find()', ask: (inspector) => inspector.find('abcd') },
  { name: 'read()', ask: (inspector) => inspector.read(idOf(1)) },
  { name: 'load()', ask: (inspector) => inspector.load(idOf(1)) },
  { name: 'remove()', ask: (inspector) => inspector.remove(idOf(1)) },
  { name: 'clear()', ask: (inspector) => inspector.clear() },
  { name: 'clear({ name })', ask: (inspector) => inspector.clear({ name: 'f' }) },
  { name: 'prune()', ask: (inspector) => inspector.prune() },
  { name: 'prune({ dryRun })', ask: (inspector) => inspector.prune({ dryRun: true, maxEntries: 1 }) },
  { name: 'verify()', ask: (inspector) => inspector.verify() },
];

function withEntries(): Inspected {
  const made = inspected();
  for (let n = 0; n < 5; n++) made.cache.itemForKey(n).save(n);
  return made;
}

describe('An inspector', () => {
  it.each(questions)('refuses to answer $name of an unsafe folder', ({ ask }) => {
    const { path } = withEntries();
    chmodSync(path, 0o770);
    const inspector = new CacheInspector(path);
    expect(() => ask(inspector)).toThrow(expect.objectContaining({ code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', path }));
    chmodSync(path, 0o700);
    expect(inspector.summary().entries).toBe(5);
  });

  it.each(questions)('makes nothing to answer $name of a folder that is not there', ({ ask }) => {
    const { inspector, path } = inspected();
    expect(() => {
      try {
        ask(inspector);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_TEMPCACHE_MISSING_ITEM' });
      }
    }).not.toThrow();
    expect(existsSync(path)).toBe(false);
  });

  it('comes to its end when the folder vanishes under it', () => {
    const { inspector, path } = withEntries();
    let seen = 0;
    for (const _ of inspector.entries()) {
      if (seen++ === 0) rmSync(path, { recursive: true });
    }
    expect(seen).toBe(1);
    expect([inspector.summary().entries, inspector.clear(), inspector.verify().checked]).toEqual([0, 0, 0]);
    expect(existsSync(path)).toBe(false);
  });

  it('tells of a record that cannot be read, and goes on', () => {
    const { cache, path } = withEntries();
    const source = openSource(path, Date.now);
    jest.spyOn(source.view, 'peek').mockImplementation(() => {
      throw new StoreError('Cannot read the record: EACCES');
    });
    expect(lookAt(source, cache.itemForKey(0).id)).toMatchObject({
      problem: 'Cannot read the record: EACCES',
      bytes: expect.any(Number),
      name: '',
    });
    jest.restoreAllMocks();
    expect(lookAt(source, idOf('absent'))).toBeUndefined();
    source.store.close();
  });

  it('knows its folder by name or path', () => {
    expect(new CacheInspector('some/cache')).toMatchObject({
      name: 'some/cache',
      path: join(cacheRoot(), 'some', 'cache'),
    });
    const { path } = inspected();
    expect(new CacheInspector(path)).toMatchObject({ name: path, path });
    for (const name of ['..', '', 'a/../../b']) expect(() => new CacheInspector(name)).toThrow(TypeError);
    expect(() => new CacheInspector('a', { clok: Date.now } as object)).toThrow('CacheInspector has no option "clok"');
  });

  it('goes by the clock that it is given', () => {
    const { cache, path } = inspected({ maxAge: '1h' });
    cache.itemForKey('a').save(1);
    const later = new CacheInspector(path, { clock: () => Date.now() + 3_700_000 });
    expect([...later.entries()]).toMatchObject([{ expired: true }]);
    expect(later.prune()).toMatchObject({ expired: 1 });
  });

  it('can be released by using', () => {
    const { inspector } = withEntries();
    inspector[Symbol.dispose]();
    inspector.close();
    expect(() => inspector.read(idOf(1))).toThrow('is closed');
  });
});
