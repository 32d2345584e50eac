import { performance } from 'node:perf_hooks';
import { perScope } from '../runtime/per-store.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { asHeldOrNothing, asLease } from './answers.ts';
import type { Asked } from './asked.ts';
import type { GivenLease } from './definition.ts';
// The names of holders are compared over all stores of a thread, so all of them begin alike.
import { writerToken } from './file/writer.ts';
import { isHeld, type HeldLease, type LeaseOf, type StoreKind } from './store.ts';

interface Holding {
  /** The name of the store that holds the lease. */
  readonly holder: string;
  readonly ttl: number;
  /** Ms since the epoch. */
  readonly since: number;
  /** By the clock of the leases. */
  renewedAt: number;
}

/**
 * Leases that this thread alone knows of. One ends by `release()`, or `ttl` ms after it was taken or renewed last: nothing but
 * time tells of a holder that has gone without a word.
 */
export class ProcessLeases {
  readonly #held = new Map<string, Holding>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  lease(id: string, ttl: number, me: string): GivenLease<'sync'> | HeldLease {
    const former = this.#held.get(id);
    if (former !== undefined && !this.#hasEnded(former)) return { heldBy: former.holder, since: former.since };
    const holding: Holding = { holder: me, ttl, since: Date.now(), renewedAt: this.#clock() };
    this.#held.set(id, holding);
    return {
      takenOver: former !== undefined,
      renew: () => {
        if (this.#held.get(id) !== holding) return false;
        holding.renewedAt = this.#clock();
        return true;
      },
      release: () => this.#held.get(id) === holding && this.#held.delete(id),
    };
  }

  heldBy(id: string): HeldLease | undefined {
    const holding = this.#held.get(id);
    if (holding === undefined || this.#hasEnded(holding)) return undefined;
    return { heldBy: holding.holder, since: holding.since };
  }

  /** A clock that jumped, either way, ends a lease too: the other way a lease could last for years. */
  #hasEnded({ renewedAt, ttl }: Holding): boolean {
    return Math.abs(this.#clock() - renewedAt) >= ttl;
  }
}

/** The leases of stores that can hold none. */
const processLeasesOf = perScope(() => new ProcessLeases(() => performance.now()));

/** The leases that a store of a user's own has granted. */
export class Grants<K extends StoreKind> {
  readonly #asked: Asked<K>;
  readonly #scope: string | object;
  readonly #granted = new Set<LeaseOf<K>>();
  #holder: string | undefined;

  constructor(asked: Asked<K>, scope: string | object) {
    this.#asked = asked;
    this.#scope = scope;
  }

  get holder(): string {
    return (this.#holder ??= writerToken());
  }

  /** @throws StoreError */
  *lease(id: string, ttl: number): Steps<LeaseOf<K> | HeldLease> {
    const answer = yield* this.#asked.ask(
      { member: 'lease', id },
      (store) => {
        if (store.lease === undefined) return processLeasesOf(this.#scope).lease(id, ttl, this.holder);
        return store.lease(id, ttl, this.holder);
      },
      asLease,
    );
    if (isHeld(answer)) return answer;
    const lease = this.#grant(id, answer);
    // It may have been closed meanwhile.
    if (this.#asked.isClosed) yield* step<void>(lease.release());
    return lease;
  }

  /** @throws StoreError */
  *heldBy(id: string): Steps<HeldLease | undefined> {
    return yield* this.#asked.ask(
      { member: 'heldBy', id },
      (store) => (store.lease === undefined ? processLeasesOf(this.#scope).heldBy(id) : store.heldBy?.(id)),
      asHeldOrNothing,
    );
  }

  /** Never throws. */
  *releaseAll(): Steps<void> {
    for (const lease of this.#granted) yield* step<void>(lease.release());
  }

  #grant(id: string, given: GivenLease<StoreKind>): LeaseOf<K> {
    const lease: LeaseOf<K> = {
      id,
      takenOver: given.takenOver === true,
      renew: () => this.#asked.carry(this.#renew(lease, given)),
      release: () => this.#asked.carry(this.#release(lease, given)),
    };
    this.#granted.add(lease);
    return lease;
  }

  /** One that is lost is not released any more: another holder may have it. */
  *#renew(lease: LeaseOf<K>, given: GivenLease<StoreKind>): Steps<boolean> {
    if (!this.#granted.has(lease)) return false;
    try {
      const renewed = yield* this.#asked.answerInTime(() => given.renew());
      if (renewed === false) this.#granted.delete(lease);
      return renewed === true && this.#granted.has(lease);
    } catch {
      return false;
    }
  }

  *#release(lease: LeaseOf<K>, given: GivenLease<StoreKind>): Steps<void> {
    if (!this.#granted.delete(lease)) return;
    try {
      yield* this.#asked.answerInTime(() => given.release());
    } catch {
      // It runs out by itself.
    }
  }
}
