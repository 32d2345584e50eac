/**
 * The first byte of everything in a key's canonical bytes. Each tag fixes what follows, by a length or a count, so no
 * two different values can be written alike:
 *
 * | tags | what follows |
 * | --- | --- |
 * | `undefined`, `null`, `false`, `true`, `nan`, `absent` | nothing |
 * | `int` | 4 bytes: an integer of 32 bits, but not -0 |
 * | `double` | 8 bytes: any other number |
 * | `string`, `utf16` | 4 bytes for the length in bytes, UTF-8 or, for ill-formed strings, UTF-16 |
 * | `longString`, `longUtf16` | 4 bytes for the length in UTF-16 units, the SHA-256 of the same |
 * | `binary`, `longBinary` | 8 bytes for the length, the bytes or their SHA-256 |
 * | `bigint`, `symbol` | a string |
 * | `cycle` | 4 bytes: how many levels up the object stands that is met again |
 * | `object`, `nullObject` | 4 bytes for the count, that many keys (strings, then symbols, sorted) each with its value |
 * | `array` | 4 bytes for the length, the elements; `holes` and 4 bytes stand for a run of holes |
 * | `map`, `set` | 4 bytes for the size, the members in the order of their bytes |
 * | `date`, `regexp`, `boxed`, `url`, `searchParams`, `view`, `arrayBuffer` | scalars |
 * | `error` | its kind, name, message, cause (`absent` without one) and errors, then as `object` |
 * | `keyed` | the class name, then what the method `cacheKey` returned |
 * | `function` | what stands for the function (in `deps`), or the name of a class that has a static method `cacheKey` |
 * | `temporal` | the kind, then as many strings as it has |
 * | `folded` | the SHA-256 of an object's bytes, in place of more than 4096 of them |
 *
 * The numbers are part of every id: changing one changes them all.
 */
export const TAG = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  nan: 4,
  absent: 5,
  int: 6,
  double: 7,
  string: 8,
  utf16: 9,
  longString: 10,
  longUtf16: 11,
  binary: 12,
  longBinary: 13,
  bigint: 14,
  symbol: 15,
  cycle: 16,
  object: 17,
  nullObject: 18,
  array: 19,
  holes: 20,
  map: 21,
  set: 22,
  date: 23,
  regexp: 24,
  boxed: 25,
  url: 26,
  searchParams: 27,
  view: 28,
  arrayBuffer: 29,
  error: 30,
  keyed: 31,
  function: 32,
  folded: 33,
  temporal: 34,
} as const;
