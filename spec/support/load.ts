/** A load on a cache that every process and the simulation beside it can make again: seeded, with keys that are numbers. */

/** Bytes of the value of a key: 200 to 16,000, small ones more often. */
export function sizeOf(key: number): number {
  return Math.round(200 * 80 ** random(key * 7919 + 1)());
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws keys from 0 to below `keys`, the n-th one 1/n times as often as the first. */
export function zipf(keys: number, seed: number): () => number {
  const sums = new Float64Array(keys);
  let sum = 0;
  for (let key = 0; key < keys; key++) sums[key] = sum += 1 / (key + 1);
  const next = random(seed);
  return () => {
    const wanted = next() * sum;
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** What an exact cache would keep that forgets what was used longest ago. */
export class ExactLru {
  readonly #maxBytes: number;
  readonly #sizes = new Map<number, number>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether the key is there; afterwards it is. */
  use(key: number, size: number): boolean {
    const wasThere = this.#sizes.delete(key);
    this.#sizes.set(key, size);
    if (!wasThere) this.#bytes += size;
    for (const [oldest, bytes] of this.#sizes) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#sizes.delete(oldest);
      this.#bytes -= bytes;
    }
    return wasThere;
  }
}
