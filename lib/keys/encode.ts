import { types } from 'node:util';

import { classNameOf, constructorOf, describe, functionName } from '../common/describe.ts';
import { isErrorKind, kindOf, type Kind } from '../common/kind.ts';
import { cacheKey } from './cache-key.ts';
import { ErrorFrame, type Frame, MembersFrame, ObjectFrame } from './object-frames.ts';
import { complaintOf, cureFor, explain, Refusal } from './refusal.ts';
import { FrameStack } from './frame-stack.ts';
import { ArrayFrame, ListFrame, SubstituteFrame } from './frames.ts';
import { refuseExtraProperties, writeLeaf } from './leaves.ts';
import { writeScalar } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** More objects than this are refused, counted as often as they are written: it bounds the time that a key may take. */
const MAX_OBJECTS = 2_000_000;
/** An object whose bytes are more than this is written as their SHA-256. */
const MAX_INLINE = 4096;

/** What a value is called in an error (`args`, `this`, `key`), and what holds for what is no plain data in it. */
export interface EncodeOptions {
  readonly root: string;
  /** What to write in the place of an object or function; undefined to write it as it is. */
  readonly replace?: (object: object) => readonly [unknown] | undefined;
  /** What tells a class with a method `cacheKey` from another one of its name. Default: nothing. */
  readonly codeOf?: (constructor: object) => string;
}

/**
 * Writes the canonical bytes of a value: two values give the same bytes exactly when `util.isDeepStrictEqual` holds for
 * them, save for the departures named in the README. Objects are kept on a stack of frames, not on the call stack, so
 * depth costs no more than its limit of 10,000.
 *
 * @throws UnkeyableError with the path to what cannot be told apart safely.
 */
export function encode(out: ByteWriter, value: unknown, options: EncodeOptions): void {
  if (isQuick(value)) writeScalar(out, value);
  else new Encoding(out, options).run(value);
}

/** As {@link encode} for a list that the caller alone holds, the arguments of a call: each is a part of its own. */
export function encodeList(out: ByteWriter, list: readonly unknown[], options: EncodeOptions): void {
  out.beginPart();
  out.tagged(TAG.array, list.length);
  let index = 0;
  while (index < list.length && isQuick(list[index])) {
    out.beginPart();
    writeScalar(out, list[index++]);
  }
  if (index < list.length) new Encoding(out, options).runList(list, index);
}

/** Scalars that can always be written: no frame, no path and no error to explain. */
function isQuick(value: unknown): boolean {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'undefined' || type === 'boolean';
}

class Encoding {
  readonly #out: ByteWriter;
  readonly #options: EncodeOptions;
  readonly #stack = new FrameStack();
  /** The digests of large objects without cycles, which may stand in many places. */
  #digests: Map<object, Uint8Array> | undefined;
  #objects = 0;

  constructor(out: ByteWriter, options: EncodeOptions) {
    this.#out = out;
    this.#options = options;
  }

  run(value: unknown): void {
    try {
      if (!writeScalar(this.#out, value)) this.#descend(value as object);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  runList(list: readonly unknown[], from: number): void {
    try {
      this.#stack.push(new ListFrame(list, from));
      this.#descend(this.#advance());
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Names the place; of what is too large the object that is, and not the member which did not fit any more. */
  #explain(error: unknown): Error {
    const measure = Refusal.of(error)?.measure;
    const total = measure === 'start' ? this.#out.length : this.#objects;
    const level = measure === undefined ? undefined : this.#stack.levelOfMost(measure, total);
    return explain(error, this.#options.root, this.#stack.steps(level));
  }

  #descend(first: object | undefined): void {
    let child = first;
    while (child !== undefined) {
      const start = this.#out.length;
      const objects = this.#objects;
      const opened = this.#open(child);
      if (opened !== undefined) {
        opened.start = start;
        opened.objects = objects;
        this.#stack.push(opened);
      }
      child = this.#advance();
    }
  }

  /** Writes on up to the next object, and ends those that are complete; undefined at the end of all. */
  #advance(): object | undefined {
    for (let frame = this.#stack.top(); frame !== undefined; frame = this.#stack.top()) {
      const child = frame.next(this.#out);
      if (child !== undefined) return child;
      this.#close(frame);
    }
    return undefined;
  }

  /** Ends an object. A large one shrinks to a digest, which stands for it wherever else it is met. */
  #close({ value, start }: Frame): void {
    const cyclic = this.#stack.pop();
    if (this.#out.length - start <= MAX_INLINE || this.#stack.depth === 0) return;
    const digest = this.#out.fold(start);
    // With a cycle in it, it may have to be written in another way elsewhere.
    if (!cyclic) (this.#digests ??= new Map()).set(value, digest);
  }

  /** Writes the beginning of an object; undefined when that was all of it. */
  #open(value: object): Frame | undefined {
    if (++this.#objects > MAX_OBJECTS) throw Refusal.ofSize('over two million objects', 'objects');
    const distance = this.#stack.distanceTo(value);
    const digest = distance === undefined ? this.#digests?.get(value) : undefined;
    if (distance !== undefined) this.#out.tagged(TAG.cycle, distance);
    else if (digest !== undefined) this.#out.digest(TAG.folded, digest);
    else return this.#openNew(value);
    return undefined;
  }

  #openNew(value: object): Frame | undefined {
    const replaced = this.#options.replace?.(value);
    if (replaced !== undefined) {
      this.#out.byte(TAG.function);
      return new SubstituteFrame(value, replaced[0]);
    }
    if (typeof value === 'function') return this.#openFunction(value);
    const kind = kindOf(value);
    if (kind === 'Object' || kind === 'null') return this.#openPlain(value, kind);
    if (kind === undefined) return this.#openInstance(value);
    return this.#openBuiltIn(value, kind);
  }

  #openPlain(value: object, kind: 'Object' | 'null'): Frame {
    if (Object.hasOwn(value, cacheKey)) return this.#openInstance(value);
    return new ObjectFrame(this.#out, value, kind === 'Object' ? TAG.object : TAG.nullObject);
  }

  #openBuiltIn(value: object, kind: Kind): Frame | undefined {
    if (kind === 'Array') {
      refuseExtraProperties(value, kind);
      return new ArrayFrame(this.#out, value as unknown[]);
    }
    if (writeLeaf(this.#out, value, kind)) return undefined;
    if (isErrorKind(kind)) return new ErrorFrame(this.#out, value, kind);
    refuseExtraProperties(value, kind);
    return new MembersFrame(this.#out, value as Map<unknown, unknown>, kind === 'Map');
  }

  #openInstance(value: object): Frame {
    const method: unknown = types.isProxy(value) ? undefined : (value as { [cacheKey]?: unknown })[cacheKey];
    if (typeof method !== 'function') throw new Refusal(`is ${describe(value)}, ${cureFor(value)}`);
    const substitute: unknown = Reflect.apply(method, value, []);
    if (substitute === undefined) {
      throw new Refusal('says by its method [cacheKey]() that its key is undefined: a `return` may be missing');
    }
    this.#out.byte(TAG.keyed);
    this.#writeClass(value);
    return new SubstituteFrame(value, substitute, cacheKey);
  }

  /** The class of an instance; of a class with a static method `cacheKey` its own name, marked as that. */
  #writeClass(value: object): void {
    const isClass = typeof value === 'function';
    const name = isClass ? functionName(value) : classNameOf(value);
    if (name === undefined && Object.getPrototypeOf(value) !== null) {
      throw new Refusal('is of a class without a name, which nothing tells from another one: give the class a name');
    }
    if (isClass) this.#out.byte(TAG.function);
    this.#out.string(name ?? '');
    const code = this.#options.codeOf?.((isClass ? value : constructorOf(value)) ?? Object);
    if (code !== undefined) this.#out.string(code);
  }

  #openFunction(value: object): Frame {
    if (typeof (value as { [cacheKey]?: unknown })[cacheKey] === 'function') return this.#openInstance(value);
    throw new Refusal(`is ${describe(value)}, ${complaintOf(value)}`);
  }
}
