/* oxlint-disable max-params, only-used-in-recursion -- Arguments are put upon the stack, whatever a compiler makes of a function. */

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
 * @param calls see {@link ROOM}; the other parameters are left out
 * @throws RangeError where there is less room than that
 */
// prettier-ignore
export function requireStackRoom(calls: number, a?: 0, b?: 0, c?: 0, d?: 0, e?: 0, f?: 0, g?: 0, h?: 0, i?: 0, j?: 0, k?: 0, l?: 0, m?: 0, n?: 0, o?: 0): void {
  if (calls > 0) requireStackRoom(calls - 1, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
}
