import type { Events } from '../common/events.ts';
import type { Clock } from '../records/freshness.ts';
import type { Codec } from '../serializers/serializer.ts';

/** What a cache does: all; nothing but compute; never save; never read. */
export type Mode = 'on' | 'off' | 'readonly' | 'refresh';

/** The modes. */
export const MODES: readonly Mode[] = ['on', 'off', 'readonly', 'refresh'];

/** What holds for all calls through one cache, or through one function of it. */
export interface SettingsInit {
  readonly codec: Codec;
  readonly mode: Mode;
  readonly events: Events;
  readonly clock: Clock;
  /** Ms; undefined to follow the parent's. */
  readonly maxAge: number | undefined;
  /** Ms past maxAge for which a value is served while it is computed anew. */
  readonly staleWhileRevalidate: number;
  /** Ms past maxAge for which a value stands in for a computation that fails. */
  readonly staleIfError: number;
  /** Ms to wait for another process that computes the same. */
  readonly waitTimeout: number;
  /** Bytes of the largest record that is stored. */
  readonly maxEntryBytes: number;
}

/** The settings of a cache or, with a parent, of one of its functions. */
export class Settings {
  readonly codec: Codec;
  readonly mode: Mode;
  readonly events: Events;
  readonly clock: Clock;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  readonly waitTimeout: number;
  readonly maxEntryBytes: number;
  readonly #parent: Settings | undefined;
  #maxAge: number | undefined;

  constructor(init: SettingsInit, parent?: Settings) {
    this.codec = init.codec;
    this.mode = init.mode;
    this.events = init.events;
    this.clock = init.clock;
    this.staleWhileRevalidate = init.staleWhileRevalidate;
    this.staleIfError = init.staleIfError;
    this.waitTimeout = init.waitTimeout;
    this.maxEntryBytes = init.maxEntryBytes;
    this.#maxAge = init.maxAge;
    this.#parent = parent;
  }

  /** Ms. A function without one of its own follows its cache, whose maxAge can be set at any time. */
  get maxAge(): number {
    return this.#maxAge ?? this.#parent?.maxAge ?? Infinity;
  }

  set maxAge(value: number | undefined) {
    this.#maxAge = value;
  }

  /** Whether calls compute for others too, and wait for others that compute: only where all may read and save. */
  get sharesWork(): boolean {
    return this.mode === 'on';
  }

  /** Ms for which a record may be of use past maxAge. */
  get grace(): number {
    return Math.max(this.staleWhileRevalidate, this.staleIfError);
  }

  /** Whether records say until when they are to be kept: their maxAge is not, or outlasts, that of the cache. */
  get keepsOwnAge(): boolean {
    return this.#maxAge !== undefined && this.#parent !== undefined;
  }

  get mayRead(): boolean {
    return this.mode === 'on' || this.mode === 'readonly';
  }

  get maySave(): boolean {
    return this.mode === 'on' || this.mode === 'refresh';
  }
}
