/* oxlint-disable max-params, only-used-in-recursion -- Arguments are put upon the stack, whatever a compiler makes of a function. */

/** Bytes that a call of `take` puts upon the stack at least: 16 arguments, and what every call needs. */
const FRAME = 176;

/**
 * Bytes that suffice for functions that ran before. Others need more: V8 compiles none for the first time where less than 40 KB
 * are left.
 */
const BYTES = { warm: 8192, cold: 49_152 } as const;

/**
 * Asked before a call takes anything, so that there is room to give it back whatever happens in between. Where the stack is nearly
 * full, its RangeError comes here, a few calls earlier than by itself.
 *
 * @throws RangeError where there is no room for functions that ran before; `'cold'`: for any others, which takes 5 us to find out
 */
export function requireStackRoom(state: 'warm' | 'cold'): void {
  take(Math.ceil(BYTES[state] / FRAME), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

// prettier-ignore
function take(calls: number, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0, i: 0, j: 0, k: 0, l: 0, m: 0, n: 0, o: 0): 0 {
  return calls === 0 ? 0 : take(calls - 1, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
}
