import { afterEach, beforeEach } from '@jest/globals';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import type { CallCounters } from '../../lib/stats/counters.ts';
import { readCalls } from '../../lib/stats/stored.ts';
import { ThreadStats } from '../../lib/stats/thread-stats.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { useTempFolders } from './temp-folder.ts';
import { takeLease } from './lease.ts';

/** A thread that counts: several of them stand for several processes. */
export class CountingThread {
  readonly store: SyncStore;
  readonly all: ThreadStats = new ThreadStats();
  readonly counters: CallCounters;

  constructor(store: SyncStore) {
    this.store = store;
    this.counters = this.all.of({ name: 'load', identity: 'i' }, store);
  }

  fail(times = 1): void {
    for (let time = 0; time < times; time++) this.counters.addError();
  }

  flush(): void {
    carryOutSync(this.all.flush(this.store));
  }

  /** How many failures it has counted and not written. */
  unwritten(): number {
    return this.all.unwritten().reduce((sum, { errors }) => sum + errors, 0);
  }

  /** How many failures stand in the store. */
  written(): number {
    return carryOutSync(readCalls(this.store)).reduce((sum, { errors }) => sum + errors, 0);
  }
}

/** A folder in which threads count. */
export interface CountingFolder {
  /** The folder, which is there. */
  readonly path: string;
  /** Begins a thread; with a store of its own, if nothing else is said. */
  begin(store?: SyncStore): CountingThread;
}

/** Makes a fresh folder for every spec. */
export function useCounting(): CountingFolder {
  const folder = useTempFolders();
  let path = '';
  let threads: CountingThread[] = [];
  beforeEach(() => {
    path = `${folder()}/cache`;
    // A lease makes the folder.
    takeLease(fileStore({ path }), 'f'.repeat(64), 1)?.release();
  });
  afterEach(() => {
    for (const thread of threads) carryOutSync(thread.all.release(thread.store));
    threads = [];
  });
  return {
    get path() {
      return path;
    },
    begin(store = fileStore({ path })) {
      const thread = new CountingThread(store);
      threads.push(thread);
      return thread;
    },
  };
}
