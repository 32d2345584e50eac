import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest runs specs in a `vm` context that has its own built-ins, while Node's modules (`v8.deserialize`, `node:fs`, ...)
 * make values of the outer realm. Users have one realm, so the outer built-ins are put into the context: `new Map()` in
 * a spec and a `Map` from `v8.deserialize` are then of one class.
 */
const BUILT_INS = [
  'Object Array Map Set WeakMap WeakSet WeakRef Date RegExp Number String Boolean BigInt Symbol',
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError',
  'ArrayBuffer SharedArrayBuffer DataView Uint8Array Uint8ClampedArray Uint16Array Uint32Array',
  'Int8Array Int16Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array',
].flatMap((names) => names.split(' '));

export default class OneRealmEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of BUILT_INS) adopt(this.global, name, globalThis[name]);
  }
}

/**
 * Literals (`{}`, `[]`, `/x/`) and errors that the engine throws have the context's prototypes whatever the globals are.
 * Those prototypes, but for the one of `Object`, which cannot be changed, are made to inherit from the outer ones, so
 * that `instanceof` holds. `toStrictEqual` compares native classes by name and takes both realms for one.
 *
 * What stays: a literal is no `instanceof Object`, `Object.getPrototypeOf({})` is not `Object.prototype`, and
 * `util.isDeepStrictEqual`, which compares prototypes, calls a literal `{}` or `[]` different from one that V8
 * decoded: compare these with `toStrictEqual`, or run a process. Promises are left alone: use `util.types.isPromise`.
 */
function adopt(context, name, outer) {
  const inner = context[name];
  if (inner === outer) return;
  Object.defineProperty(context, name, { value: outer, writable: true, enumerable: false, configurable: true });
  if (name !== 'Object') Object.setPrototypeOf(inner.prototype, outer.prototype);
}
