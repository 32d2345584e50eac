import { renameSync } from 'node:fs';
import { isHeld, type HeldLease } from '../store.ts';
import { createLock, lockRenewedAt, readLock, removeLock } from './lock-file.ts';
import type { LockHolder } from './lock-file.ts';
import { breakerName, prefixOf } from './names.ts';
import { stateOfWriter } from './writer.ts';

type Change = (breaker: string) => void;

/**
 * Locks whose holders may die, without a moment at which two hold one.
 *
 * The trap: A and B both find a dead holder; A removes its lock and takes it; B, a step behind, removes what is by then
 * A's. No file system call removes a file only if it still is the one that was looked at. So there is one rule:
 *
 * **A lock N held by H is changed only by whoever holds the lock `breaker(N, H)`, and only after it has, holding that,
 * read N once more and found H.** (H itself, while others know that it lives, needs no leave to remove its own lock.)
 *
 * A token is never used by two holders, and the dead take no locks, so `breaker(N, H)` of a dead H is about this one holding
 * and no later one. Its holder T puts itself in the place of H by renaming the breaker, which holds T's token, over N: the end
 * of H, the beginning of T and the end of the breaker are one atomic step.
 *
 * Why two never hold N. Let H hold N and be dead. Nobody but a holder of `breaker(N, H)` changes N. Let T hold the
 * breaker, alone; it reads N: if that is not H any more, T removes its breaker, which harms nobody, as nobody looks at it
 * again. If it is H, it stays H until T renames, for nobody else may change it. A straggler that read H before can make the
 * breaker anew, since the rename freed its name, but then it reads N, finds T, and gives up.
 *
 * Why T holds the breaker alone. The breaker is a lock of the same kind: free, it goes to one by exclusive creation; held
 * by one that died at this very place, it is replaced by the same rule with a breaker of its own. Each step down takes
 * one more holder that died in the middle of a takeover, so there are finitely many steps, and none blocks for ever.
 *
 * What it rests on: that who is found dead never acts again. On one Linux machine that is exact. A holder on another
 * machine, or in another container, is judged by its heartbeat; then the argument holds as long as nobody stalls for longer
 * than `ttl` between two neighbouring steps. Where somebody does, two may compute one value, and no value is lost. The same
 * goes for locks that somebody removes from outside, with the whole folder for one.
 */
export class Locks {
  readonly #prefix: string;
  readonly #self: LockHolder;
  readonly #isInUse: (name: string) => boolean;
  /** Whether a lock was ever seen whose holder can be judged by signs of life alone. */
  metForeigner = false;

  /** `isInUse` tells of a lock that `self` has whether that is still wanted; a removal may have failed. */
  constructor(folder: string, self: LockHolder, isInUse: (name: string) => boolean) {
    this.#prefix = prefixOf(folder);
    this.#self = self;
    this.#isInUse = isInUse;
  }

  /** Takes a lock, or tells which living holder has it; none by name where several fight for it just now. */
  take(name: string, ttl: number): { readonly takenOver: boolean } | HeldLease {
    for (let attempt = 0; attempt < 4; attempt++) {
      if (createLock(this.#path(name), this.#self)) return { takenOver: false };
      const holder = readLock(this.#path(name));
      if (holder === undefined) continue;
      if (this.#isHeld(name, holder, ttl)) return { heldBy: holder };
      if (holder === this.#self.token) return { takenOver: false };
      if (this.#replace(name, holder, ttl)) return { takenOver: true };
    }
    return { heldBy: undefined };
  }

  /** Which living holder has a lock. */
  heldBy(name: string, ttl: number): HeldLease | undefined {
    const holder = readLock(this.#path(name));
    return holder !== undefined && this.#isHeld(name, holder, ttl) ? { heldBy: holder } : undefined;
  }

  /** Frees a lock that a dead holder has, or one of our own that others may think dead; whether it did. */
  drop(name: string, holder: string, ttl: number): boolean {
    return this.#withBreaker(name, holder, {
      ttl,
      change: (breaker) => {
        removeLock(this.#path(name));
        removeLock(breaker);
      },
    });
  }

  /** Frees a lock whose holder turns out to be dead; whether it did. */
  dropIfDead(name: string, ttl: number): boolean {
    const holder = readLock(this.#path(name));
    if (holder === undefined || this.#isHeld(name, holder, ttl)) return false;
    return this.drop(name, holder, ttl);
  }

  #replace(name: string, holder: string, ttl: number): boolean {
    return this.#withBreaker(name, holder, { ttl, change: (breaker) => renameSync(breaker, this.#path(name)) });
  }

  /** `change` does away with the breaker too. */
  #withBreaker(name: string, holder: string, { ttl, change }: { ttl: number; change: Change }): boolean {
    const breaker = breakerName(name, holder);
    if (isHeld(this.take(breaker, ttl))) return false;
    let changed = false;
    try {
      if (readLock(this.#path(name)) === holder) {
        change(this.#path(breaker));
        changed = true;
      }
      return changed;
    } finally {
      if (!changed) removeLock(this.#path(breaker));
    }
  }

  /** A heartbeat from the future counts as one from the past: clocks jump, and a lock must not last for years. */
  #isHeld(name: string, holder: string, ttl: number): boolean {
    if (holder === this.#self.token) return this.#isInUse(name);
    const state = stateOfWriter(holder);
    if (state !== 'unknown') return state === 'alive';
    this.metForeigner = true;
    const renewedAt = lockRenewedAt(this.#path(name));
    return renewedAt === undefined || Math.abs(Date.now() - renewedAt) <= ttl;
  }

  #path(name: string): string {
    return this.#prefix + name;
  }
}
