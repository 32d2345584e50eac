import type { Parts, Store, StoreHints } from './store.ts';

/** How many records are known to be fresh near by. */
const MOST_KNOWN = 100_000;

const ANY_TIME: StoreHints = { expiresAt: Infinity };

/** The near store, and since when its records are as they are far away. It never throws. */
export class Front {
  readonly #store: Store;
  readonly #maxAge: number;
  /** Ms since the epoch, by id, the oldest first. */
  readonly #filledAt = new Map<string, number>();
  /** Counts the beginnings and ends of changes. */
  #changes = 0;
  /** What is written is written one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store, maxAge: number) {
    this.#store = store;
    this.#maxAge = maxAge;
  }

  async get(id: string): Promise<Parts | undefined> {
    const filledAt = this.#filledAt.get(id);
    if (filledAt === undefined || Math.abs(Date.now() - filledAt) >= this.#maxAge) return undefined;
    try {
      return owned(await this.#store.get(id));
    } catch {
      return undefined;
    }
  }

  /** Begun before the far store is asked: what was changed since is not overwritten by what it was before. */
  fill(id: string): (parts: Parts) => Promise<void> {
    const [changes, now] = [this.#changes, Date.now()];
    return async (parts) => {
      // Whoever asked may write into the parts.
      const own = parts.map((part) => new Uint8Array(part));
      await this.#write(async (store) => {
        if (changes !== this.#changes) return;
        await store.set(id, own, ANY_TIME);
        if (changes === this.#changes) this.#note(id, now);
      });
    };
  }

  /**
   * Changes one record, or all, far away, and then here: by `work`, or by removing it. Of changes at the same time it is not known which
   * one holds far away, so that is asked next.
   */
  async change<T>(
    id: string | undefined,
    far: () => Promise<T>,
    work?: (store: Store) => Promise<unknown>,
  ): Promise<T> {
    const begun = ++this.#changes;
    this.#forget(id);
    const now = Date.now();
    try {
      const answer = await far();
      await this.#write(async (store) => {
        this.#forget(id);
        if (id === undefined) return store.clear();
        if (work === undefined) return store.delete(id);
        await work(store);
        if (begun === this.#changes) this.#note(id, now);
      });
      return answer;
    } finally {
      this.#changes++;
    }
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#store.close();
  }

  async #write(work: (store: Store) => Promise<unknown>): Promise<void> {
    const written = this.#last.then(async () => work(this.#store)).catch(() => undefined);
    this.#last = written;
    await written;
  }

  #note(id: string, at: number): void {
    this.#filledAt.delete(id);
    this.#filledAt.set(id, at);
    const [oldest] = this.#filledAt.keys();
    if (this.#filledAt.size > MOST_KNOWN && oldest !== undefined) this.#filledAt.delete(oldest);
  }

  #forget(id: string | undefined): void {
    if (id === undefined) this.#filledAt.clear();
    else this.#filledAt.delete(id);
  }
}

/** The caller's, whatever the store does next. */
export function owned(parts: Parts | undefined): Parts | undefined {
  return parts?.map((part) => (part.byteLength === part.buffer.byteLength ? part : new Uint8Array(part)));
}
