import { join } from 'node:path';
import type { SyncLease } from '../store.ts';
import { readLock, removeLock, touchLock } from './lock-file.ts';
import { leaseName } from './names.ts';
import { Locks } from './takeover.ts';
import type { WriterTokens } from './writer.ts';

/** Ms after which a leftover is dead when nothing else tells. */
const UNKNOWN_TTL = 3_600_000;

/** The leases that one store holds. */
export class FileLeases {
  readonly #folder: string;
  readonly #tokens: WriterTokens;
  readonly #locks: Locks;
  readonly #held = new Map<string, FileLease>();

  constructor(folder: string, tokens: WriterTokens) {
    this.#folder = folder;
    this.#tokens = tokens;
    // A token of ours that no lease has is left of a release that failed: whoever comes may take it.
    this.#locks = new Locks(folder, (token) => (tokens.has(token) ? this.#held.has(token) : undefined));
  }

  /** The lease, or undefined when it is held. Throws what the file system says, ENOENT for a missing folder. */
  take(id: string, ttl: number): SyncLease | undefined {
    const token = this.#tokens.next();
    const name = leaseName(id);
    const taken = this.#locks.take(name, token, ttl);
    if (taken === undefined) return undefined;
    const release = (renewedAt: number): void => this.#release(name, token, { ttl, renewedAt });
    const lease = new FileLease({ id, token, path: join(this.#folder, name), takenOver: taken.takenOver, release });
    this.#held.set(token, lease);
    return lease;
  }

  /** Frees a lock when its holder is dead, or was silent for an hour and cannot be judged; whether it did. */
  sweep(name: string): boolean {
    return this.#locks.dropIfDead(name, this.#tokens.next(), UNKNOWN_TTL);
  }

  releaseAll(): void {
    for (const lease of this.#held.values()) lease.release();
  }

  /**
   * As long as the heartbeat is young, nobody can have found us dead, and removing what is ours needs no leave: that is the
   * common case, and costs two system calls.
   */
  #release(name: string, token: string, { ttl, renewedAt }: { ttl: number; renewedAt: number }): void {
    const path = join(this.#folder, name);
    try {
      if (readLock(path) !== token) return;
      if (performance.now() - renewedAt < ttl / 2) removeLock(path);
      else this.#locks.drop(name, token, { token: this.#tokens.next(), ttl });
    } catch {
      // It stays, and is found to be nobody's: by us at once, by others when this process ends.
    } finally {
      this.#held.delete(token);
    }
  }
}

interface FileLeaseParts {
  readonly id: string;
  readonly token: string;
  readonly path: string;
  readonly takenOver: boolean;
  readonly release: (renewedAt: number) => void;
}

class FileLease implements SyncLease {
  readonly id: string;
  readonly takenOver: boolean;
  readonly #parts: FileLeaseParts;
  #renewedAt = performance.now();
  #released = false;

  constructor(parts: FileLeaseParts) {
    this.id = parts.id;
    this.takenOver = parts.takenOver;
    this.#parts = parts;
  }

  /** Should the lease change hands between the two calls, its new holder gets one heartbeat for free. */
  renew(): boolean {
    if (this.#released) return false;
    try {
      if (readLock(this.#parts.path) !== this.#parts.token) return false;
      touchLock(this.#parts.path);
      this.#renewedAt = performance.now();
      return true;
    } catch {
      return false;
    }
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#parts.release(this.#renewedAt);
  }
}
