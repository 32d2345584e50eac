import { invalidArgument } from '../common/errors.ts';
import { checkId, isItemId } from '../common/ids.ts';
import { type ClearFilter, clearRecords, type OnProgress, removeEntry } from '../maintenance/clear.ts';
import { pruneRecords, type PruneResult } from '../maintenance/prune.ts';
import { type PruneFilter, readSuperseded } from '../maintenance/versions.ts';
import { type CacheSummary, type FunctionSummary, summarize, summarizeFunctions } from '../maintenance/summary.ts';
import { type VerifyOptions, verifyRecords, type VerifyReport } from '../maintenance/verify.ts';
import { type LimitOptions, LIMITS, readLimits } from '../options/limits.ts';
import { checkOptions } from '../options/rows.ts';
import { type Duration, parseDuration } from '../options/parse.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { readCalls } from '../stats/stored.ts';
import type { StoreUrl } from '../stores/schemes.ts';
import type { SyncStore } from '../stores/store.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type EntryFilter, type EntryInfo, findIds, listEntries } from './entries.ts';
import { loadEntry, type LoadOptions, readEntry, type StoredEntry } from './reading.ts';
import { openSource, recordsIn, sourceIn, type Source } from './source.ts';

/** Options of an inspector. */
export interface CacheInspectorOptions {
  /** Ms since the epoch, now. Default: `Date.now`. */
  readonly clock?: () => number;
  /** Where the records lie, if not in a folder: a store that answers at once, or its URL. Default: the folder of that name. */
  readonly store?: SyncStore | StoreUrl<SyncStore>;
}

/** What is to go besides what is of no use any more. Limits hold for what is left then. */
export interface PruneOptions extends LimitOptions, PruneFilter {
  /** Entries that were saved so long ago; they count as expired. Default: none. */
  readonly olderThan?: Duration;
  /** Entries that were not used for so long. Default: none. */
  readonly unusedFor?: Duration;
  /** Whether the report is all that is made, of what would go. Default: false. */
  readonly dryRun?: boolean;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: OnProgress;
}

/**
 * Looks after the folder of any cache, without the program that made it: what is in it, what can go, whether it is sound.
 *
 * It takes the folder as it is and creates nothing. Where there is no folder, there are no entries. The methods throw
 * {@link UnsafeFolderError} for a folder that others could have prepared, and {@link StoreError} for one that cannot be read.
 * A single record that cannot be read is reported, and stops nothing.
 *
 * @example
 * const inspector = new CacheInspector('weather');
 * for (const { name, label, bytes } of inspector.entries()) console.log(name, label, bytes);
 */
export class CacheInspector {
  /** The name or path as it was given. */
  readonly name: string;
  readonly #source: Source;

  /**
   * @param nameOrPath as for `TempCache`: a folder below the private root, or an absolute path. Reads `$TEMPCACHE_DIR`.
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that leaves the root, and for unknown options
   */
  constructor(nameOrPath: string, options: CacheInspectorOptions = {}) {
    checkOptions(options, ['clock', 'store'], 'CacheInspector');
    const { clock = () => Date.now(), store } = options;
    this.name = nameOrPath;
    this.#source = store === undefined ? openSource(nameOrPath, clock) : sourceIn(store, clock);
  }

  /** The absolute path of the folder; an empty text for a store without one. */
  get path(): string {
    return this.#source.folder?.path ?? this.#source.store.path ?? '';
  }

  /** Whether the folder is there. Always true for a store. */
  exists(): boolean {
    return this.#source.view.exists();
  }

  /** The cache in all. Fast: no record is read but those of the counts. */
  summary(): CacheSummary {
    return carryOutSync(summarize(recordsIn(this.#source), this.#counts()));
  }

  /** By the names of functions, in no order; also those that only have counts. The heads of records alone are read. */
  functions(): FunctionSummary[] {
    return carryOutSync(summarizeFunctions(recordsIn(this.#source), this.#source.view.ids(), this.#counts()));
  }

  /** All entries or those of one name, expired and damaged ones too, in no order, as the iteration comes to them. */
  entries(filter: EntryFilter = {}): Iterable<EntryInfo> {
    return listEntries(this.#source, filter);
  }

  /**
   * The ids of entries that begin with a text, sorted; 20 of them at most.
   *
   * @param prefix 4 or more hex characters
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`)
   */
  find(prefix: string): string[] {
    return findIds(this.#source, prefix);
  }

  /**
   * An entry as it is stored, expired or not. No serializer runs.
   *
   * @throws MissingItemError, CorruptItemError; TypeError (`ERR_INVALID_ARG_VALUE`) for what is no id
   */
  read(id: string): StoredEntry {
    return readEntry(this.#source, id);
  }

  /**
   * The value of an entry, expired or not; an array of all that a generator gave. Runs the serializer that the record names:
   * one that is given, or else one of this package, but for `devalue`; see {@link serializerNamed}.
   *
   * @throws as {@link read}; TempCacheError (`ERR_TEMPCACHE_UNKNOWN_SERIALIZER`) for a serializer that must be given
   */
  load(id: string, options: LoadOptions = {}): unknown {
    return loadEntry(this.#source, id, options);
  }

  /** Removes an entry; whether there was one. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no id */
  remove(id: string): boolean {
    return isItemId(checkId(id)) && carryOutSync(removeEntry(recordsIn(this.#source), id));
  }

  /**
   * Removes all entries, or those of which all holds that is given; how many. What was counted of calls stays.
   *
   * @param onProgress called after each entry with the number of those that were looked at
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`): nothing is removed then
   */
  clear(filter: ClearFilter = {}, onProgress?: OnProgress): number {
    return carryOutSync(clearRecords(recordsIn(this.#source), filter, onProgress));
  }

  /**
   * Removes what is of no use any more: entries past the end that they name themselves, damaged ones, what dead processes
   * have left; and what else is asked for. Reads every record. One that cannot be read stays, and is counted.
   *
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`): nothing is removed then
   */
  prune(options: PruneOptions = {}): PruneResult {
    return prune(this.#source, options);
  }

  /** Reads every record with its checksums, and removes the bad ones where that is asked for. No serializer runs. */
  verify(options: VerifyOptions = {}): VerifyReport {
    checkOptions(options, ['fix', 'onProgress'], 'verify()');
    return carryOutSync(verifyRecords(recordsIn(this.#source), options));
  }

  /** How the folder is, whether it is there or not, safe or not. Throws for nothing that it finds. @throws TypeError for a store */
  diagnose(): Diagnosis {
    const { folder, store } = this.#source;
    if (folder === undefined)
      throw invalidArgument('diagnose() looks at the folder of a cache, and this one lies in a store');
    return diagnose({ view: folder, store });
  }

  /** Releases the folder; the inspector is of no use afterwards. May be called twice. */
  close(): void {
    this.#source.store.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What all processes have counted of calls and written down. */
  #counts() {
    return carryOutSync(readCalls(this.#source.store));
  }
}

const PRUNE_OPTIONS = [
  'olderThan',
  'unusedFor',
  'superseded',
  'keepVersions',
  ...Object.keys(LIMITS),
  'dryRun',
  'onProgress',
];

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`), UnsafeFolderError, StoreError */
function prune(source: Source, options: PruneOptions): PruneResult {
  checkOptions(options, PRUNE_OPTIONS, 'prune()');
  const { olderThan = Infinity, unusedFor = Infinity, dryRun: isDry = false, onProgress } = options;
  const policy = {
    pruner: { by: 'inspector' },
    olderThan: parseDuration(olderThan, 'The option olderThan'),
    unusedFor: parseDuration(unusedFor, 'The option unusedFor'),
    ...readSuperseded(options, 'prune()'),
  } as const;
  const records = recordsIn(source, { limits: readLimits(options), isDry });
  return carryOutSync(pruneRecords(records, { ...policy, onProgress })).result;
}
