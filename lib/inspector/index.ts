/** `tempcache/inspect`: looks after any cache folder without knowing the program that made it. */

export { copyEntries, exportEntries, importEntries, type CopyOptions, type CopyReport } from './copy.ts';
export type { Diagnosis } from './diagnosis.ts';
export type { EntryFilter, EntryInfo } from './entries.ts';
export { CacheInspector, type CacheInspectorOptions, type PruneOptions } from './inspector.ts';
export { serializerNamed, type LoadOptions, type StoredEntry } from './reading.ts';
export { listCaches, type CacheFolder } from './source.ts';
export type { ClearFilter as ClearEntriesFilter, OnProgress } from '../maintenance/clear.ts';
export type { PruneResult as PruneReport } from '../maintenance/prune.ts';
export type { CacheSummary, FunctionSummary } from '../maintenance/summary.ts';
export type { BadRecord, VerifyOptions, VerifyReport } from '../maintenance/verify.ts';
export { cacheRoot } from '../options/location.ts';
