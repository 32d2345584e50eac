/** For those who write a store of their own. */

export { defineStore } from './define-store.ts';
export { mapStore, type MapLike, type MapStoreOptions } from './map-store.ts';
export { registerScheme, type StoreUrl } from './schemes.ts';
export { tiered, type TieredOptions } from './tiered.ts';
export { HEAD_BYTES, isHeld, savedAtOf, SPLIT_BYTES } from './store.ts';
export type {
  Given,
  GivenLease,
  Listed,
  StoreCounters,
  StoredEntry,
  StoreDefinition,
  StoredBeginning,
  StoredStat,
  StoreFiles,
  StoreHead,
} from './definition.ts';
export type {
  AsyncCounters,
  AsyncLease,
  AsyncStore,
  Counts,
  CountersOf,
  HeldLease,
  LeaseGrant,
  LeaseOf,
  Parts,
  PeekedRecord,
  Reply,
  Stamp,
  Store,
  StoreEntry,
  StoreHints,
  StoreKind,
  StoreMembers,
  StoreOf,
  SweepResult,
  SyncCounters,
  SyncLease,
  SyncStore,
} from './store.ts';
