export { TempCache } from './temp-cache.ts';
export type { Items } from './items.ts';
export type { CallOptions, TempCacheOptions } from './assemble.ts';
export { CacheItem, type SaveOptions } from './cache-item.ts';
export type { CacheStats, NamedStats, StatsOptions } from './stats/stats.ts';
export type { CallCounts } from './stats/counters.ts';
export type { ItemInfo } from './calls/item-info.ts';
export type { ClearFilter } from './maintenance/clear.ts';
export type { PruneFilter, PruneResult } from './maintenance/prune.ts';
export { NoCache } from './calls/no-cache.ts';
export type { CallStatus } from './records/outcome.ts';
export type { CommonOptions, FilePath } from './calls/settings.ts';
export type { Mode } from './options/values.ts';
export type { Answer } from './runtime/steps.ts';
export {
  AmbiguousFunctionError,
  AnonymousFunctionError,
  CorruptItemError,
  ComputeTimeoutError,
  EntryTooLargeError,
  MissingItemError,
  StoreError,
  TempCacheError,
  UnkeyableError,
  UnsafeFolderError,
  UnserializableError,
  type ErrorDetails,
  type MissingReason,
} from './common/errors.ts';
export type { CacheEvent, CacheEventType, MissReason, OnEvent, SkipReason } from './common/events.ts';
export type { CachedFunction, CachedResult, Promised, PromisedResult } from './functions/cached-function.ts';
export type { MethodContext } from './functions/decorator.ts';
export type { CapturedVariable, FunctionCaptures } from './functions/captures/listing.ts';
export type { CaptureKind } from './functions/captures/walk.ts';
export type { Wrap, WrapWith } from './functions/wrap.ts';
export type { CallOutcome } from './functions/detailed-calls.ts';
export type { DifferingPart } from './functions/explain/compare.ts';
export type { Explanation } from './functions/explain/look.ts';
export type { Detailed, FunctionCache, Refreshed } from './functions/function-cache.ts';
export type { AnyFunctionOptions, ComputedValue, FunctionOptions } from './functions/function-options.ts';
export type { AnyFunction, FreeFunction } from './functions/source.ts';
export { cacheKey, type CacheKeyed } from './keys/cache-key.ts';
export type { MemoryOptions } from './options/limits.ts';
export type { AgeOfValue, CacheErrorsOptions, SchemaResult, StandardSchema, Validator } from './options/judging.ts';
export type { GivenDeps } from './options/dependencies.ts';
export type { Duration, DurationParts, Size } from './options/parse.ts';
export { compressed, type CompressedOptions } from './serializers/compressed.ts';
export { jsonSerializer } from './serializers/json.ts';
export type { Serializer } from './serializers/serializer.ts';
export { v8Serializer, type V8SerializerOptions } from './serializers/v8.ts';
export { defineType, type PlainType, type TypeOrClass, type ValueType } from './v8-serializer-utils/define-type.ts';
export { fileStore, type FileStoreOptions } from './stores/file/file-store.ts';
export { memoryStore } from './stores/memory.ts';
export { HEAD_BYTES, SPLIT_BYTES } from './stores/store.ts';
export type {
  AsyncCounters,
  AsyncLease,
  AsyncStore,
  Counts,
  HeldLease,
  LeaseGrant,
  Parts,
  PeekedRecord,
  Stamp,
  Store,
  StoreEntry,
  StoreHints,
  SweepResult,
  SyncCounters,
  SyncLease,
  SyncStore,
} from './stores/store.ts';
