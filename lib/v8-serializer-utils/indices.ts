/** More holes than this, and the indices are listed instead of tried one by one. */
const MANY_HOLES = 100_000;

/** The indices of an array that are there: holes are left out, even billions of them. Reads no element. */
export function* presentIndices(array: readonly unknown[]): Iterable<number> {
  let holes = 0;
  for (let index = 0; index < array.length; index++) {
    if (Object.hasOwn(array, index)) {
      yield index;
    } else if (++holes > MANY_HOLES) {
      for (const key of Object.keys(array)) if (Number(key) > index) yield Number(key);
      return;
    }
  }
}
