import { lutimesSync } from 'node:fs';
import { sep } from 'node:path';
import process from 'node:process';
import { isFull } from '../../common/errors.ts';
import { COUNTERS_LEASE } from '../../common/ids.ts';
import {
  LEASE_TTL,
  type HeldLease,
  type Parts,
  type PeekedRecord,
  type Stamp,
  type StoreEntry,
  type StoreHints,
  type SweepResult,
  type SyncLease,
  type SyncStore,
} from '../store.ts';
import { FileCounters } from './counters.ts';
import { storeFailure } from './failure.ts';
import { FileLeases } from './leases.ts';
import { Sweeper } from './leftovers.ts';
import { idsIn, recordAt, recordsIn, removeFile, removeFolder, removeOwnFiles, stampOf } from './listing.ts';
import { checkId, prefixOf, tempName } from './names.ts';
import { PrivateFolder } from './private-folder.ts';
import { readLarge } from './read-large.ts';
import { peekRecord, RecordReader } from './read-record.ts';
import { replaceFile } from './write-record.ts';
import { mayBeShared, writerToken } from './writer.ts';

interface FolderTerms {
  readonly path: string;
  readonly root: string | undefined;
  /** The one name of the folder that several paths may lead to. */
  readonly scope: string;
}

/** The file store in one folder, see `fileStore`. */
export class FolderStore implements SyncStore {
  readonly kind = 'sync' as const;
  readonly path: string;
  readonly scope: string;
  #holder: string | undefined;
  readonly #prefix: string;
  readonly #folder: PrivateFolder;
  readonly #reader = new RecordReader();
  #leases: FileLeases | undefined;
  readonly counters: FileCounters;
  readonly #sweeper: Sweeper;
  #stamps: boolean | undefined;
  #written = 0;

  constructor({ path, root, scope }: FolderTerms) {
    this.path = path;
    this.scope = scope;
    this.#prefix = prefixOf(path);
    this.#folder = new PrivateFolder(path, root);
    this.counters = new FileCounters({
      path,
      isThere: () => this.#folder.exists(),
      tempPath: () => this.#tempPath(),
      lease: () => this.lease(COUNTERS_LEASE, LEASE_TTL),
    });
    this.#sweeper = new Sweeper(path, () => this.#leaseFiles);
  }

  /** Made when it is needed, as what has to do with it: to find out who this process is takes longer than many hits. */
  get holder(): string {
    return (this.#holder ??= writerToken());
  }

  get #leaseFiles(): FileLeases {
    return (this.#leases ??= new FileLeases(this.path, this.holder));
  }

  pathOf(id: string): string {
    return this.#prefix + checkId(id);
  }

  /**
   * Every hit comes this way: to check each character of an id would take a twentieth of its time. What is no id leads to no
   * other folder at least, and what is read says itself whose record it is.
   */
  get(id: string): Parts | undefined;
  get(id: string, patience: 'can wait'): Parts | undefined | Promise<Parts | undefined>;
  get(id: string, patience?: 'can wait'): Parts | undefined | Promise<Parts | undefined> {
    const isInFolder = sep === '/' && typeof id === 'string' && id.length === 64 && !id.includes(sep);
    const path = this.#prefix + (isInFolder ? id : checkId(id));
    try {
      const parts = this.#folder.exists() ? this.#reader.read(path, patience) : undefined;
      if (parts === undefined) checkId(id);
      return parts === 'large' ? readLarge(path, id) : parts;
    } catch (error) {
      throw storeFailure('read the record', error, { path, id: checkId(id) });
    }
  }

  peek(id: string): PeekedRecord | undefined {
    const path = this.pathOf(id);
    if (!this.#folder.exists()) return undefined;
    try {
      return peekRecord(path, id);
    } catch (error) {
      throw storeFailure('read the record', error, { path, id });
    }
  }

  set(id: string, record: Parts, hints: StoreHints): void {
    const path = this.pathOf(id);
    const write = (): void => replaceFile(path, this.#tempPath(), record);
    if (hints.minor === true) this.#folder.ifThere('write the record', { path, id }, write);
    else this.#folder.inside('write the record', { path, id }, write);
  }

  stat(id: string): StoreEntry | undefined {
    const path = this.pathOf(id);
    return this.#folder.exists() ? recordAt(path, id) : undefined;
  }

  /** Where files have numbers and times of change, and no other machine writes to the folder. */
  get stamps(): boolean {
    return (this.#stamps ??= process.platform !== 'win32' && !mayBeShared(this.path));
  }

  stamp(id: string): Stamp | undefined {
    const path = this.pathOf(id);
    return this.#folder.exists() ? stampOf(path) : undefined;
  }

  touch(id: string, at: number): void {
    const path = this.pathOf(id);
    this.#folder.ifThere('touch the record', { path, id }, () => lutimesSync(path, at / 1000, at / 1000));
  }

  delete(id: string): boolean {
    const path = this.pathOf(id);
    return this.#folder.exists() && removeFile(path);
  }

  entries(prefix = ''): Iterable<StoreEntry> {
    return this.#folder.exists() ? recordsIn(this.path, prefix) : [];
  }

  ids(): Iterable<string> {
    return this.#folder.exists() ? idsIn(this.path) : [];
  }

  clear(keep?: string): number {
    if (!this.#folder.exists()) return 0;
    const isKept = (name: string): boolean => keep !== undefined && name.startsWith(keep);
    const removed = removeOwnFiles(this.path, ({ kind, name }) => kind === 'record' && !isKept(name));
    this.#sweeper.sweep();
    return removed;
  }

  sweep(ms?: number): SweepResult {
    if (!this.#folder.exists()) return { leftovers: 0, bytes: 0 };
    const swept = this.#sweeper.sweep(ms);
    this.#compact();
    return swept;
  }

  lease(id: string, ttl: number): SyncLease | HeldLease {
    const path = this.pathOf(id);
    return this.#folder.inside('take the lease of', { path, id }, () => this.#leaseFiles.take(id, ttl));
  }

  heldBy(id: string): HeldLease | undefined {
    return this.#folder.ifThere('read the lease', { path: this.pathOf(id), id }, () => this.#leaseFiles.heldBy(id));
  }

  /** The folder stays where it holds files that are not ours, or others go on writing. */
  destroy(): void {
    this.counters.close();
    for (let round = 0; round < 3 && this.#folder.exists(); round++) {
      removeOwnFiles(this.path, () => true);
      this.#folder.forget();
      if (removeFolder(this.path)) return;
    }
  }

  close(): void {
    this.#folder.close();
    this.#leases?.close();
    this.counters.close();
    this.#sweeper.close();
  }

  /** A full disk has no room for the sums; the logs stay then. */
  #compact(): void {
    try {
      this.counters.compact();
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }

  #tempPath(): string {
    return this.#prefix + tempName(this.holder, (++this.#written).toString(36));
  }
}
