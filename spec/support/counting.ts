import { afterEach, beforeEach } from '@jest/globals';
import type { CallCounts, Counts } from '../../lib/stats/counts.ts';
import { isNoteId } from '../../lib/common/ids.ts';
import { readNotes } from '../../lib/stats/statistics.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { ThreadCounts } from '../../lib/stats/thread-counts.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { useTempFolders } from './temp-folder.ts';
import { takeLease } from './lease.ts';

/** A thread that counts: several of them stand for several processes. */
export class CountingThread {
  readonly store: SyncStore;
  readonly all: ThreadCounts = new ThreadCounts();
  readonly counts: Counts;

  constructor(store: SyncStore) {
    this.store = store;
    this.counts = this.all.of({ name: 'load', identity: 'i', store });
  }

  fail(times = 1): void {
    for (let time = 0; time < times; time++) this.counts.addError();
  }

  write(isFinal = false): void {
    carryOutSync(this.all.write(this.store, isFinal));
  }

  /** How many failures it knows of, its own and those of others. */
  sees(): number {
    const { base, notes } = carryOutSync(readNotes(this.store));
    const counted: CallCounts[] = this.all.with(typeof base === 'object' ? [base, ...notes] : notes);
    return counted.reduce((sum, { errors }) => sum + errors, 0);
  }
}

/** A folder in which threads count. */
export interface CountingFolder {
  /** The folder, which is there. */
  readonly path: string;
  /** Begins a thread; with a store of its own, if nothing else is said. */
  begin(store?: SyncStore): CountingThread;
  /** The ids of the notes. */
  notes(): string[];
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
    for (const thread of threads) carryOutSync(thread.all.detach(thread.store));
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
    notes: () => [...fileStore({ path }).entries()].map(({ id }) => id).filter(isNoteId),
  };
}
