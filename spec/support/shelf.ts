import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NO_COUNTS, type CallCounts } from '../../lib/stats/counters.ts';
import { CALLS, toCounters } from '../../lib/stats/stored.ts';
import { encodeRecord } from '../../lib/records/frame.ts';
import type { RecordFields } from '../../lib/records/head.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { START } from './clock.ts';
import { command, type CommandOptions, type Outcome } from './command.ts';
import { useAt } from './inspected.ts';
import { fieldsWith } from './records.ts';
import { useTempFolders } from './temp-folder.ts';

const HOUR = 3_600_000;
const HINTS = { expiresAt: Infinity };

/** What an entry is to be, besides what all are. Times in ms before {@link START}. */
export interface ShelfEntry extends Partial<RecordFields> {
  readonly id: string;
  readonly value?: unknown;
  readonly usedAgo?: number;
}

/** A root with caches whose ids, times and sizes are the same in every run. */
export interface Shelf {
  readonly root: string;
  /** Saves entries, as JSON. */
  put(cache: string, ...entries: readonly ShelfEntry[]): void;
  /** Writes down what was counted of calls. */
  count(cache: string, counts: Readonly<Record<string, Partial<CallCounts>>>): void;
  pathOf(cache: string, id?: string): string;
  /** Runs the command on this root; its path stands as `<root>` in what comes back. */
  run(argv: readonly string[], options?: CommandOptions): Promise<Outcome>;
}

/** An id that begins with a text. */
export function idFrom(start: string): string {
  return start.padEnd(64, '0123456789abcdef');
}

export function useShelves(): () => Shelf {
  const tempFolder = useTempFolders();
  return () => makeShelf(join(tempFolder(), 'root'));
}

/** Those with caches in them. */
export function useFilledShelves(): () => Shelf {
  const shelf = useShelves();
  return () => {
    const made = shelf();
    fill(made);
    return made;
  };
}

function makeShelf(root: string): Shelf {
  const pathOf = (cache: string, id = ''): string => join(root, cache, id);
  return {
    root,
    pathOf,
    put(cache, ...entries) {
      for (const entry of entries) putEntry(pathOf(cache), entry);
    },
    count(cache, counts) {
      mkdirSync(pathOf(cache), { recursive: true, mode: 0o700 });
      const store = fileStore({ path: pathOf(cache) });
      const functions = Object.entries(counts).map(([name, own]) => ({ ...NO_COUNTS, ...own, name, identity: '' }));
      store.counters.add(CALLS, toCounters(functions));
      store.close();
    },
    async run(argv, options = {}) {
      const { code, out, err } = await command(['--dir', root, ...argv], options);
      return { code, out: out.replaceAll(root, '<root>'), err: err.replaceAll(root, '<root>') };
    },
  };
}

function putEntry(path: string, { value = null, usedAgo = HOUR, ...fields }: ShelfEntry): void {
  const createdAt = START - 2 * HOUR;
  const { expiresAt = createdAt + 48 * HOUR } = fields;
  const record = encodeRecord(
    fieldsWith({
      createdAt,
      expiresAt,
      maxAge: Infinity,
      keepUntil: expiresAt,
      serializer: 'json',
      ...fields,
    }),
    Buffer.from(JSON.stringify(value)),
  );
  const store = fileStore({ path });
  store.set(fields.id, record, HINTS);
  store.close();
  useAt(path, fields.id, START - usedAgo);
}

/** Three caches: two functions and an item, one item, nothing but counts. */
export function fill(shelf: Shelf): void {
  shelf.put(
    'demo',
    { id: idFrom('aa11'), name: 'loadUser', label: 'user 1', computeMs: 120, value: { id: 1, name: 'Ann' } },
    { id: idFrom('aa22'), name: 'loadUser', label: 'user 2', computeMs: 80, value: { id: 2 }, usedAgo: 60_000 },
    {
      id: idFrom('bb11'),
      name: 'report',
      label: '',
      expiresAt: Infinity,
      value: 'x'.repeat(5000),
      usedAgo: 9 * 24 * HOUR,
    },
    { id: idFrom('cc11'), expiresAt: START - HOUR, value: [1, 2, 3], usedAgo: 90 * 60_000 },
  );
  shelf.put('team/weather', { id: idFrom('dd11'), value: 'rain', usedAgo: 3 * HOUR });
  shelf.count('demo', {
    loadUser: { hits: 97, misses: 3, savedMs: 9700, computeMs: 300 },
    report: { hits: 1, misses: 2, stale: 1, savedMs: 5_400_000, computeMs: 400 },
  });
}
