import { types } from 'node:util';

/** How strictly to compare. */
export interface SameOptions {
  /** Whether an object that occurs twice must be one object on the other side too; true by default. */
  readonly sharing?: boolean;
  /** Whether it counts that an object is closed; true by default. */
  readonly closing?: boolean;
}

/**
 * Whether two values are the same in all that a user can see, and more than `util.isDeepStrictEqual` looks at: stacks,
 * causes, hidden fields, symbol keys, `lastIndex`, the order of maps, the names of classes, which objects are one. It
 * takes values of two realms for the same, and shares no code with what it checks.
 */
export function sameValue(a: unknown, b: unknown, { sharing = true, closing = true }: SameOptions = {}): boolean {
  return new Comparison(sharing, closing).same(a, b);
}

const KINDS = Object.entries(types).filter(([name]) => /^is(?!External|ModuleNamespace|Proxy)/.test(name));
const MEASURES = [
  'byteLength',
  'maxByteLength',
  'length',
  'size',
  'href',
  'source',
  'flags',
  'lastIndex',
  'name',
  'message',
];

class Comparison {
  readonly #there = new Map<object, object>();
  readonly #back = new Map<object, object>();
  readonly #sharing: boolean;
  readonly #closing: boolean;

  constructor(sharing: boolean, closing: boolean) {
    this.#sharing = sharing;
    this.#closing = closing;
  }

  same(a: unknown, b: unknown): boolean {
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
    const known = this.#there.get(a);
    if (this.#sharing && (known !== undefined || this.#back.has(b))) return known === b;
    this.#there.set(a, b);
    this.#back.set(b, a);
    return this.#sameKind(a, b) && this.#sameContent(a, b) && this.#sameProperties(a, b);
  }

  #sameKind(a: object, b: object): boolean {
    if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
    if (Array.isArray(a) !== Array.isArray(b) || classOf(a) !== classOf(b)) return false;
    return KINDS.every(([, is]) => is(a) === is(b));
  }

  #sameContent(a: object, b: object): boolean {
    const measured = MEASURES.every((name) => Object.hasOwn(a, name) || Object.is(measure(a, name), measure(b, name)));
    if (!measured) return false;
    if (ArrayBuffer.isView(a)) return bytes(a.buffer, a).equals(bytes((b as typeof a).buffer, b as typeof a));
    if (types.isAnyArrayBuffer(a)) return bytes(a).equals(bytes(b as ArrayBuffer));
    if (types.isMap(a)) return this.#sameList([...a].flat(1), [...(b as Map<unknown, unknown>)].flat(1));
    if (types.isSet(a)) return this.#sameList([...a], [...(b as Set<unknown>)]);
    if (types.isDate(a) || types.isBoxedPrimitive(a)) return Object.is(a.valueOf(), b.valueOf());
    if (classOf(a) !== 'URLSearchParams') return true;
    return (a as URLSearchParams).toString() === (b as URLSearchParams).toString();
  }

  #sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
    return a.length === b.length && a.every((member, index) => this.same(member, b[index]));
  }

  /** The order counts where it can be seen: not among hidden properties. */
  #sameProperties(a: object, b: object): boolean {
    if (this.#closing && levelOf(a) !== levelOf(b)) return false;
    const [ours, theirs] = [shownKeys(a), shownKeys(b)];
    const [hidden, theirHidden] = [hiddenKeys(a), hiddenKeys(b)];
    if (ours.length !== theirs.length || !ours.every((key, index) => key === theirs[index])) return false;
    if (hidden.size !== theirHidden.size || ![...hidden].every((key) => theirHidden.has(key))) return false;
    return [...ours, ...hidden].every(
      (key) =>
        (!this.#closing || attributesOf(a, key) === attributesOf(b, key)) &&
        this.same(Reflect.get(a, key), Reflect.get(b, key)),
    );
  }
}

function levelOf(value: object): string {
  return [Object.isExtensible(value), Object.isSealed(value), Object.isFrozen(value)].join();
}

/** The engine gives a `stack` as an accessor or not. */
function attributesOf(value: object, key: PropertyKey): string {
  const { configurable, writable } = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
  return [configurable, key === 'stack' || writable].join();
}

function classOf(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  return prototype === null ? 'null' : prototype.constructor?.name;
}

function measure(value: object, name: string): unknown {
  return Reflect.get(value, name);
}

function bytes(buffer: ArrayBufferLike, part?: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, part?.byteOffset ?? 0, part?.byteLength ?? buffer.byteLength);
}

function shownKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

function hiddenKeys(value: object): Set<string | symbol> {
  return new Set(Reflect.ownKeys(value).filter((key) => !Object.prototype.propertyIsEnumerable.call(value, key)));
}
