import { channel, type Channel } from 'node:diagnostics_channel';
import { isPromise } from 'node:util/types';

/** Why a call had to compute; `invalid`: the option `validate` says that the stored value is not good. */
export type MissReason = 'absent' | 'expired' | 'corrupt' | 'refresh' | 'invalid';

/**
 * Why a value was not stored; `changed`: an argument was changed while a promise was pending, or a generator ran; `unfinished`,
 * `sent`: the consumer of a generator stopped before its end, or sent something into it; `maxEntryBytes`: it is larger than
 * that option, or all that `maxBytes` allows; `maxAge`: that option, a function, gave 0 for it; `aborted`: the function was told
 * by its signal to end; `late`: it took longer than others wait, and a newer value is stored.
 */
export type SkipReason =
  | 'mode'
  | 'maxAge'
  | 'shouldCache'
  | 'NoCache'
  | 'changed'
  | 'unfinished'
  | 'sent'
  | 'maxEntryBytes'
  | 'aborted'
  | 'late';

/** What every event tells. */
interface EventBase {
  /** The id of the item. */
  readonly id: string;
  /** The name of the function, or an empty string for an item without one. */
  readonly name: string;
}

/** Who computes the value of a call at this moment. */
export interface Computing {
  /** The holder of the lease, as the store names it; an empty text where it cannot tell. */
  readonly heldBy: string;
  /** The number of its process, on its own machine; undefined where that is not known. */
  readonly pid: number | undefined;
  /** Ms since the epoch; it began then, or before where the store cannot tell. Undefined where nothing is known. */
  readonly since: number | undefined;
}

/** A store is not asked for a while, or answers again; the event is of no item. */
interface StoreState {
  readonly type: 'storeDown' | 'storeUp';
  /** Where its records are, for a store that says so in a text. */
  readonly store: string;
  /** Why it is not asked. */
  readonly error: unknown;
}

/** Something that happened to one item, or to the store. */
export type CacheEvent = EventBase &
  (
    | { readonly type: 'hit' | 'stale' | 'coalesced' | 'save' | 'takeover' | 'evict' }
    | { readonly type: 'miss'; readonly reason: MissReason }
    | ({ readonly type: 'wait' } & Computing)
    | StoreState
    | { readonly type: 'captures'; readonly changed: readonly string[] }
    | { readonly type: 'skip'; readonly reason: SkipReason }
    | { readonly type: 'readFailed' | 'writeFailed' | 'corrupt' | 'refreshFailed'; readonly error: unknown }
  );

/** The type of an event: `'hit'`, `'miss'` and so on. */
export type CacheEventType = CacheEvent['type'];

/** Called with every event. What it throws is swallowed. */
export type OnEvent = (event: CacheEvent) => void;

const TYPES = [
  'hit',
  'stale',
  'miss',
  'coalesced',
  'wait',
  'save',
  'skip',
  'captures',
  'takeover',
  'evict',
  'readFailed',
  'writeFailed',
  'corrupt',
  'refreshFailed',
  'storeDown',
  'storeUp',
] as const;

/** The channels of `node:diagnostics_channel`, `tempcache:<type>`. */
const channels = Object.fromEntries(TYPES.map((type) => [type, channel(`tempcache:${type}`)])) as Record<
  CacheEventType,
  Channel
>;

/** Tells the subscribers of the process. */
export function publish(event: CacheEvent): void {
  channels[event.type].publish(event);
}

/** Tells the listener of one cache and the subscribers of the process what happened. */
export class Events {
  readonly #onEvent: OnEvent | undefined;

  constructor(onEvent: OnEvent | undefined) {
    this.#onEvent = onEvent;
  }

  /** Whether anybody listens: without a listener no event is made. */
  wants(type: CacheEventType): boolean {
    return this.#onEvent !== undefined || channels[type].hasSubscribers;
  }

  emit(event: CacheEvent): void {
    publish(event);
    this.hear(event);
  }

  /** Tells the listener alone. */
  hear(event: CacheEvent): void {
    try {
      const answer: unknown = this.#onEvent?.(event);
      if (isPromise(answer)) answer.then(undefined, () => undefined);
    } catch {
      // A listener that fails, at once or later, must not fail the call that it listens to, nor the process.
    }
  }
}
