import { afterEach } from '@jest/globals';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isChunkId } from '../../lib/common/ids.ts';
import { CacheInspector } from '../../lib/inspector/inspector.ts';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from './temp-folder.ts';

/** A cache and whoever looks after its folder. */
export interface Inspected {
  readonly path: string;
  readonly cache: TempCache;
  readonly inspector: CacheInspector;
}

/** Makes caches in folders of their own, that are gone after the spec. */
export function useInspected(): (options?: TempCacheOptions) => Inspected {
  const tempFolder = useTempFolders();
  const made: Inspected[] = [];
  afterEach(() => {
    for (const { cache, inspector } of made.splice(0)) {
      cache.close();
      inspector.close();
    }
  });
  return (options = {}) => {
    const path = join(tempFolder(), 'cache');
    const inspected = {
      path,
      cache: new TempCache(path, { stats: false, ...options }),
      inspector: new CacheInspector(path),
    };
    made.push(inspected);
    return inspected;
  };
}

/** Counts up to a number. Over 1,000 the run has parts. */
export function* countTo(end: number): Generator<number, string> {
  for (let n = 0; n < end; n++) yield n;
  return 'end';
}

/** Names, times and bytes of all files in a folder. */
export function contentsOf(path: string): Record<string, unknown> {
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name }) => [name, [statSync(join(path, name)).mtimeMs, readFileSync(join(path, name), 'latin1')]]),
  );
}

/** Changes the last byte of a record. */
export function flip(path: string, id: string): void {
  const bytes = readFileSync(join(path, id));
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  writeFileSync(join(path, id), bytes);
}

/** Sets the last use of a record, in ms since the epoch. */
export function useAt(path: string, id: string, at: number): void {
  utimesSync(join(path, id), at / 1000, at / 1000);
}

/** Bytes of some files. */
export function sizeOf(path: string, ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + statSync(join(path, id)).size, 0);
}

/** The ids of the parts of runs in a folder. */
export function partsIn(path: string): string[] {
  return readdirSync(path).filter((name) => isChunkId(name));
}
