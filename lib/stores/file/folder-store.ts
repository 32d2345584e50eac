import { lutimesSync } from 'node:fs';
import { StoreError } from '../../errors.ts';
import type {
  Parts,
  Stamp,
  StoreEntry,
  StoreGlimpse,
  StoreHints,
  SweepResult,
  SyncLease,
  SyncStore,
  Totals,
} from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { FileLeases } from './leases.ts';
import { recordAt, recordsIn, removeFile, removeFolder, removeOwnFiles } from './listing.ts';
import { checkId, prefixOf, staysInFolder, tempName } from './names.ts';
import { PrivateFolder, realPath } from './private-folder.ts';
import { readGlimpse, RecordReader } from './read-record.ts';
import { mayBeShared } from './shared-folder.ts';
import { stampOf } from './stamp.ts';
import { Sweeper } from './sweep.ts';
import { Tally } from './tally.ts';
import { replaceFile } from './write-record.ts';
import { writerToken } from './writer.ts';

/** The file store in one folder, see `fileStore`. */
export class FolderStore implements SyncStore {
  readonly kind = 'sync' as const;
  readonly path: string;
  readonly scope: string;
  readonly holder: string = writerToken();
  readonly #prefix: string;
  readonly #folder: PrivateFolder;
  readonly #reader = new RecordReader();
  readonly #leases: FileLeases;
  readonly #tally: Tally;
  #stamps: boolean | undefined;
  readonly #sweeper: Sweeper;
  #written = 0;
  #closed = false;

  constructor(path: string, root: string | undefined) {
    this.path = path;
    this.scope = realPath(path);
    this.#prefix = prefixOf(path);
    this.#folder = new PrivateFolder(path, root);
    this.#leases = new FileLeases(path, this.holder);
    this.#tally = new Tally(path);
    this.#sweeper = new Sweeper(path, this.#leases);
  }

  pathOf(id: string): string {
    return this.#prefix + checkId(id);
  }

  /** Every hit comes this way: to check each character of an id would take a twentieth of its time. */
  get(id: string): Parts | undefined {
    const path = this.#prefix + (staysInFolder(id) ? id : checkId(id));
    try {
      const parts = this.#isThere() ? this.#reader.read(path) : undefined;
      if (parts === undefined) checkId(id);
      return parts;
    } catch (error) {
      throw storeFailure('read the record', error, { path, id: checkId(id) });
    }
  }

  peek(id: string): StoreGlimpse | undefined {
    const path = this.pathOf(id);
    if (!this.#isThere()) return undefined;
    try {
      return readGlimpse(path, id);
    } catch (error) {
      throw storeFailure('read the record', error, { path, id });
    }
  }

  set(id: string, record: Parts, hints: StoreHints): void {
    const path = this.pathOf(id);
    const temp = this.#tempPath();
    const write = (): void => replaceFile(path, temp, record);
    if (hints.minor === true) this.#ifThere('write the record', { path, id }, write);
    else this.#inFolder('write the record', { path, id }, write);
  }

  stat(id: string): StoreEntry | undefined {
    const path = this.pathOf(id);
    return this.#isThere() ? recordAt(path, id) : undefined;
  }

  /** Where files have numbers and times of change, and no other machine writes to the folder. */
  get stamps(): boolean {
    return (this.#stamps ??= process.platform !== 'win32' && !mayBeShared(this.path));
  }

  stamp(id: string): Stamp | undefined {
    const path = this.pathOf(id);
    return this.#isThere() ? stampOf(path) : undefined;
  }

  touch(id: string, at: number): void {
    const path = this.pathOf(id);
    this.#ifThere('touch the record', { path, id }, () => lutimesSync(path, at / 1000, at / 1000));
  }

  delete(id: string): boolean {
    const path = this.pathOf(id);
    return this.#isThere() && removeFile(path);
  }

  entries(prefix = ''): Iterable<StoreEntry> {
    return this.#isThere() ? recordsIn(this.path, prefix) : [];
  }

  clear(keep?: string): number {
    if (!this.#isThere()) return 0;
    removeOwnFiles(this.path, ({ kind }) => kind === 'count');
    const isUnwanted = (name: string): boolean => keep === undefined || !name.startsWith(keep);
    const removed = removeOwnFiles(this.path, ({ kind, name }) => kind === 'record' && isUnwanted(name));
    this.#sweeper.sweep();
    return removed;
  }

  count(change: Totals): Totals | undefined {
    return this.#isThere() ? this.#tally.add(change) : undefined;
  }

  recount(totals: Totals): void {
    if (this.#isThere()) this.#tally.begin(totals, this.#tempPath());
  }

  sweep(ms?: number): SweepResult {
    return this.#isThere() ? this.#sweeper.sweep(ms) : { leftovers: 0, bytes: 0 };
  }

  lease(id: string, ttl: number): SyncLease | undefined {
    const path = this.pathOf(id);
    return this.#inFolder('take the lease of', { path, id }, () => this.#leases.take(id, ttl));
  }

  holderOf(id: string): string | undefined {
    const path = this.pathOf(id);
    try {
      return this.#isThere() ? this.#leases.holderOf(id) : undefined;
    } catch (error) {
      throw storeFailure('read the lease of', error, { path, id });
    }
  }

  /** The folder stays where it holds files that are not ours, or somebody goes on writing. */
  destroy(): void {
    for (let round = 0; round < 3 && this.#isThere(); round++) {
      removeOwnFiles(this.path, () => true);
      this.#folder.forget();
      if (removeFolder(this.path)) return;
    }
  }

  close(): void {
    this.#closed = true;
    this.#leases.close();
    this.#tally.close();
    this.#sweeper.close();
  }

  #tempPath(): string {
    return this.#prefix + tempName(this.holder, (++this.#written).toString(36));
  }

  #isThere(): boolean {
    const { path } = this;
    if (this.#closed) throw new StoreError(`The file store ${path} is closed: make a new one`, { path });
    return this.#folder.exists();
  }

  /** Leaves it where the folder is missing, before or in the middle of the work. */
  #ifThere(what: string, details: { path: string; id: string }, work: () => void): void {
    if (!this.#isThere()) return;
    try {
      work();
    } catch (error) {
      if (!isAbsent(error)) throw storeFailure(what, error, details);
      this.#folder.forget();
    }
  }

  /** Makes the folder when it is missing, before or in the middle of the work, and tries again, ten times at most. */
  #inFolder<T>(what: string, details: { path: string; id: string }, work: () => T): T {
    for (let attempt = 1; ; attempt++) {
      if (!this.#isThere()) this.#folder.make();
      try {
        return work();
      } catch (error) {
        if (attempt === 10 || !isAbsent(error)) throw storeFailure(what, error, details);
        this.#folder.forget();
      }
    }
  }
}
