import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { TempCache } from '../../../lib/temp-cache.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { makeTrace } from '../../support/trace.ts';

const tempFolder = useTempFolders();

const MAKE: Readonly<Record<string, (path: string) => void>> = {
  pipe: (path) => execFileSync('mkfifo', [path]),
  folder: (path) => mkdirSync(path),
  link: (path) => symlinkSync('/etc/hosts', path),
};

/** A folder with an entry of two, in which something stands where a file of ours belongs. */
function prepare(kind: string, name: string) {
  const path = join(tempFolder(), 'cache');
  const first = new TempCache(path);
  first.wrap(one)(0);
  first.close();
  rmSync(join(path, name), { force: true });
  MAKE[kind]?.(join(path, name));
  const trace = makeTrace();
  const cache = new TempCache(path, { maxEntries: 100, waitTimeout: 1, onEvent: trace.onEvent });
  return { path, cache, trace, fn: cache.wrap(one) };
}

function one(n: number): number {
  return n;
}

describe.each(Object.keys(MAKE))('A %s', (kind) => {
  it.each(['counters', 'counters-0', 'counters-1', 'counters-sums'])(
    'in the place of %s keeps nothing from its work',
    (name) => {
      const { path, cache, fn } = prepare(kind, name);
      expect([fn(0), fn(1)]).toEqual([0, 1]);
      expect(cache.stats()).toMatchObject({ entries: 2 });
      expect(cache.prune()).toMatchObject({ expired: 0, evicted: 0 });
      cache.resetStats();
      expect(cache.clear()).toBe(2);
      cache.close();
      expect(lstatSync(join(path, name), { throwIfNoEntry: false })?.isFile()).not.toBe(true);
    },
  );

  it('in the place of a record is no record: the call computes, and says why', () => {
    const { path, cache, trace, fn } = prepare(kind, 'other');
    const { id } = fn.cache.itemFor(5);
    MAKE[kind]?.(join(path, id));
    expect(fn(5)).toBe(5);
    expect(trace.take()[0]).toMatch(/^(?:readFailed|miss) /);
    expect(cache.prune()).toMatchObject({ expired: 0 });
  });

  it('in the place of a lease keeps nobody for longer than waitTimeout', () => {
    const { path, fn } = prepare(kind, 'other');
    MAKE[kind]?.(join(path, `${fn.cache.itemFor(5).id}.lease`));
    expect(fn(5)).toBe(5);
  });
});

it('A counter file that is damaged counts as none', () => {
  const { path, cache } = prepare('link', 'other');
  for (const name of ['counters', 'counters-sums']) writeFileSync(join(path, name), 'x'.repeat(100));
  expect(cache.stats()).toMatchObject({ entries: 1, misses: 0 });
});
