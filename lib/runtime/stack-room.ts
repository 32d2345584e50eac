/* oxlint-disable max-params -- Arguments are put upon the stack, whatever a compiler makes of a function. */

/** How many calls take up how much of the stack: each at least 176 bytes, for 16 arguments and what every call needs. */
export const ROOM = {
  /** 8 KB: enough for functions that ran before. */
  warm: 47,
  /** 48 KB: enough for any others. V8 compiles none for the first time where less than 40 KB are left. It takes 5 us. */
  cold: 280,
} as const;

/**
 * Asked before a call takes anything, so that there is room to give it back whatever happens in between. Where the stack is nearly
 * full, its RangeError comes here, a few calls earlier than by itself.
 *
 * @param calls see {@link ROOM}
 * @throws RangeError where there is less room than that
 */
export function requireStackRoom(calls: number): void {
  // The arguments change places and the last one is looked at, or a bundler would leave them out, and the calls too.
  if (take(calls, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) < 1) throw new RangeError('There is no such room');
}

// prettier-ignore
function take(
  calls: number, a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
  i: number, j: number, k: number, l: number, m: number, n: number, o: number,
): number {
  return calls > 0 ? take(calls - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, a) : a;
}
