/** `tempcache/inspect`: looks after any cache folder without knowing the program that made it. */

export { listCaches, type CacheFolder } from './caches.ts';
export type { Diagnosis } from './diagnosis.ts';
export type { EntryFilter } from './entries.ts';
export type { EntryInfo } from './entry-info.ts';
export { CacheInspector, type CacheInspectorOptions } from './inspector.ts';
export type { PruneOptions } from './pruning.ts';
export type { LoadOptions, StoredEntry } from './reading.ts';
export { serializerNamed } from './serializers.ts';
export type { ClearFilter as ClearEntriesFilter, OnProgress } from '../maintenance/clear.ts';
export type { PruneResult as PruneReport } from '../maintenance/prune.ts';
export type { CacheSummary, FunctionSummary } from '../maintenance/summary.ts';
export type { BadRecord, VerifyOptions, VerifyReport } from '../maintenance/verify.ts';
export { cacheRoot } from '../options/location.ts';
