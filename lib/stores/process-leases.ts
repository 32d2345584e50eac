import type { GivenLease } from './definition.ts';
import type { HeldLease } from './store.ts';

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

  /** A clock that jumped, either way, ends a lease too: the other way a lease could last for years. */
  #hasEnded({ renewedAt, ttl }: Holding): boolean {
    return Math.abs(this.#clock() - renewedAt) >= ttl;
  }
}
