import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { onExit } from '../../runtime/on-exit.ts';
import { every } from '../../runtime/timers.ts';
import { isHeld, LEASE_TTL, type HeldLease, type SyncLease } from '../store.ts';
import { ifAny, isAbsent } from './failure.ts';
import { Heartbeat } from './heartbeat.ts';
import { createFile, hasLocks, readLock, removeLock, touchLock } from './lock-file.ts';
import type { LockHolder } from './lock-file.ts';
import { leaseName, prefixOf, tempName } from './names.ts';
import { Locks } from './takeover.ts';
import { mayBeShared, UNKNOWN_AGE } from './writer.ts';

/** Ms between two attempts to remove a lock that could not be removed. */
const PATIENCE = 100;

interface FileLease extends SyncLease {
  /** By the clock that never jumps. */
  renewedAt: number;
}

/** The leases that one store holds. */
export class FileLeases {
  readonly #folder: string;
  readonly #prefix: string;
  readonly #owner: LockHolder;
  readonly #locks: Locks;
  readonly #heartbeat: Heartbeat;
  #isShared: boolean | undefined;
  /** When the owner's file was touched, by the clock that never jumps. */
  #shownAt = -Infinity;
  /** Cancels the removal of the owner's file at the end of this thread. */
  #cancelExit: (() => void) | undefined;
  /** By the name of the lock. */
  readonly #held = new Map<string, FileLease>();
  /** The names of the locks of leases that were given back, and could not be removed yet. */
  readonly #left = new Set<string>();
  #stopTrying: (() => void) | undefined;

  constructor(folder: string, writer: string) {
    this.#folder = folder;
    this.#prefix = prefixOf(folder);
    this.#owner = { token: writer, path: join(folder, tempName(writer, 'owner')) };
    this.#heartbeat = new Heartbeat(writer);
    this.#locks = new Locks(folder, this.#owner, (name) => this.#held.has(name));
  }

  /** The lease, or who has it. Throws what the file system says, ENOENT for a missing folder. */
  take(id: string, ttl: number): SyncLease | HeldLease {
    const name = leaseName(id);
    const taken = this.#withOwner(() => {
      this.#showLife(ttl);
      return this.#locks.take(name, ttl);
    });
    if (isHeld(taken)) return taken;
    // Both say which lease asks: one that was lost must not act for a later one of the same store.
    const lease: FileLease = {
      id,
      takenOver: taken.takenOver,
      renewedAt: performance.now(),
      renew: () => this.#renew(name, lease),
      release: () => this.#release(name, lease, ttl),
    };
    this.#held.set(name, lease);
    this.#left.delete(name);
    this.#isShared ??= mayBeShared(this.#folder);
    if (this.#isShared || this.#locks.metForeigner) this.#heartbeat.add(this.#pathOf(name), ttl / 3);
    return lease;
  }

  /** Throws what the file system says. */
  heldBy(id: string): HeldLease | undefined {
    return this.#locks.heldBy(leaseName(id), LEASE_TTL);
  }

  /** Frees a lock when its holder is dead, or was silent for an hour and cannot be judged; whether it did. */
  sweep(name: string): boolean {
    return this.#withOwner(() => this.#locks.dropIfDead(name, UNKNOWN_AGE));
  }

  #pathOf(name: string): string {
    return this.#prefix + name;
  }

  close(): void {
    for (const lease of this.#held.values()) lease.release();
    this.#heartbeat.stop();
    this.#stopTrying?.();
    if (this.#cancelExit !== undefined) this.#removeOwner();
  }

  /** What a killed process leaves is swept by others. */
  #removeOwner(): void {
    this.#cancelExit?.();
    this.#cancelExit = undefined;
    try {
      removeLock(this.#owner.path);
    } catch {
      // Another process has it swept once this one is gone.
    }
  }

  /** Writes the file that locks are links to when it is first needed, and again when it was removed. */
  #withOwner<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    createFile(this.#owner.path, this.#owner.token);
    this.#cancelExit ??= onExit('release', () => this.#removeOwner());
    return work();
  }

  /** A lock is as old as the owner's file, which others judge it by: that must not be old when it is taken. */
  #showLife(ttl: number): void {
    const now = performance.now();
    if (now - this.#shownAt < ttl / 4) return;
    // Where it is missing, it is made anew, or there are no links to it.
    ifAny(() => touchLock(this.#owner.path));
    this.#shownAt = now;
  }

  /** Should the lease change hands between the two calls, its new holder gets one heartbeat for free. */
  #renew(name: string, lease: FileLease): boolean {
    if (this.#held.get(name) !== lease) return false;
    const path = this.#pathOf(name);
    try {
      if (readLock(path) !== this.#owner.token) return false;
      touchLock(path);
      lease.renewedAt = performance.now();
      return true;
    } catch {
      return false;
    }
  }

  /**
   * As long as the heartbeat is young, no process can have found us dead, and removing what is ours needs no leave: that is the
   * common case. A lock that stays would keep all others from its id for as long as this process lives: it is tried again.
   */
  #release(name: string, lease: FileLease, ttl: number): void {
    if (this.#held.get(name) !== lease) return;
    try {
      const isYoung = performance.now() - lease.renewedAt < ttl / 2;
      const isAlone = this.#isShared === false && hasLocks(this.#owner, this.#held.size + this.#left.size);
      if (isYoung && isAlone) removeLock(this.#pathOf(name));
      else this.#removeOwn(name, { isYoung, ttl });
    } catch {
      this.#left.add(name);
      this.#stopTrying ??= every(() => this.#tryAgain(ttl), PATIENCE);
    } finally {
      this.#held.delete(name);
      this.#heartbeat.remove(this.#pathOf(name));
    }
  }

  /** Throws what the file system says. */
  #removeOwn(name: string, { isYoung, ttl }: { readonly isYoung: boolean; readonly ttl: number }): void {
    const { token } = this.#owner;
    if (readLock(this.#pathOf(name)) !== token) return;
    if (isYoung) removeLock(this.#pathOf(name));
    else this.#withOwner(() => this.#locks.drop(name, token, ttl));
  }

  #tryAgain(ttl: number): void {
    for (const name of this.#left) {
      try {
        this.#removeOwn(name, { isYoung: false, ttl });
        this.#left.delete(name);
      } catch {
        // Once more, then.
      }
    }
    if (this.#left.size > 0) return;
    this.#stopTrying?.();
    this.#stopTrying = undefined;
  }
}
