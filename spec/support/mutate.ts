/** A small repeatable source of numbers from 0 up to below 2^32 (xorshift). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Bytes with a little damage: some changed, some cut off, some left out or put in. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const damaged = [...bytes];
  for (let times = 1 + (random() % 3); times > 0; times--) {
    const at = random() % Math.max(damaged.length, 1);
    const kind = random() % 8;
    if (kind === 0) damaged.length = at;
    else if (kind === 1) damaged.splice(at, 1 + (random() % 4));
    else if (kind === 2) damaged.splice(at, 0, random() % 256, random() % 256);
    else damaged[at] = kind === 3 ? 0xff : random() % 256;
  }
  return Uint8Array.from(damaged);
}
