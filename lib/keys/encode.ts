import { types } from 'node:util';

import { UnkeyableError } from '../errors.ts';
import { classNameOf, describe } from '../values/describe.ts';
import { isErrorKind, kindOf, kindOfPrototype, type Kind } from '../values/kind.ts';
import { formatPath, type PathStep } from '../values/path.ts';
import { cacheKey } from './cache-key.ts';
import { ErrorFrame } from './error-frame.ts';
import type { Frame } from './frame.ts';
import { ArrayFrame, ListFrame, SubstituteFrame } from './frames.ts';
import { MembersFrame } from './members-frame.ts';
import { ObjectFrame } from './object-frame.ts';
import { refuseExtraProperties, writeLeaf } from './leaves.ts';
import { Refusal } from './refusal.ts';
import { writeScalar } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

const MAX_DEPTH = 10_000;
/** Up to this depth a cycle is looked for among the frames themselves, below it in a table. */
const SHALLOW = 32;

/** What to write for a function, where functions are allowed. */
export type FunctionRule = (fn: object) => unknown;

/** What a value is called in an error (`args`, `this`, `key`), and what holds for functions inside it. */
export interface EncodeOptions {
  readonly root: string;
  readonly functions?: FunctionRule;
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

/** As {@link encode} for a list that nobody else holds: the arguments of a call. */
export function encodeList(out: ByteWriter, list: readonly unknown[], options: EncodeOptions): void {
  out.tagged(TAG.array, list.length);
  let index = 0;
  while (index < list.length && isQuick(list[index])) writeScalar(out, list[index++]);
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
  readonly #frames: Frame[] = [];
  /** The depth of the objects below the first few levels. */
  #deep: Map<object, number> | undefined;

  constructor(out: ByteWriter, options: EncodeOptions) {
    this.#out = out;
    this.#options = options;
  }

  run(value: unknown): void {
    try {
      if (!writeScalar(this.#out, value)) this.#descend(this.#open(value as object));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  runList(list: readonly unknown[], from: number): void {
    try {
      this.#descend(new ListFrame(list, from));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #descend(first: Frame | undefined): void {
    let frame = first;
    if (frame !== undefined) this.#push(frame);
    while (frame !== undefined) {
      const child = frame.next(this.#out);
      const opened = child === undefined ? undefined : this.#open(child);
      if (opened !== undefined) {
        this.#push(opened);
        frame = opened;
      } else if (child === undefined) {
        frame = this.#pop();
      }
    }
  }

  /** Writes the beginning of an object; undefined when that was all of it. */
  #open(value: object): Frame | undefined {
    const level = this.#levelOf(value);
    if (level !== undefined) {
      this.#out.tagged(TAG.cycle, this.#frames.length - level);
      return undefined;
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
    if (writeLeaf(this.#out, value, kind)) return undefined;
    if (isErrorKind(kind)) return new ErrorFrame(this.#out, value, kind);
    refuseExtraProperties(value);
    if (kind === 'Array') return new ArrayFrame(this.#out, value as unknown[]);
    return new MembersFrame(this.#out, value as Map<unknown, unknown>, kind === 'Map');
  }

  #openInstance(value: object): Frame {
    const method: unknown = types.isProxy(value) ? undefined : (value as { [cacheKey]?: unknown })[cacheKey];
    if (typeof method !== 'function') throw new Refusal(`is ${describe(value)}, ${cureFor(value)}`);
    const substitute: unknown = Reflect.apply(method, value, []);
    this.#out.byte(TAG.keyed);
    this.#out.string(classNameOf(value) ?? '');
    return new SubstituteFrame(value, substitute, cacheKey);
  }

  #openFunction(value: object): Frame {
    if (typeof (value as { [cacheKey]?: unknown })[cacheKey] === 'function') return this.#openInstance(value);
    const rule = this.#options.functions;
    if (rule === undefined) throw new Refusal(`is ${describe(value)}, and what a function captures cannot be seen`);
    this.#out.byte(TAG.function);
    return new SubstituteFrame(value, rule(value));
  }

  #levelOf(value: object): number | undefined {
    const shallow = Math.min(this.#frames.length, SHALLOW);
    for (let level = 0; level < shallow; level++) {
      if ((this.#frames[level] as Frame).value === value) return level;
    }
    return this.#deep?.get(value);
  }

  #push(frame: Frame): void {
    const level = this.#frames.length;
    if (level >= MAX_DEPTH) throw new Refusal('is nested deeper than 10,000 levels');
    if (level >= SHALLOW) (this.#deep ??= new Map()).set(frame.value, level);
    this.#frames.push(frame);
  }

  #pop(): Frame | undefined {
    const frame = this.#frames.pop() as Frame;
    this.#deep?.delete(frame.value);
    return this.#frames.at(-1);
  }

  #explain(error: unknown): UnkeyableError {
    const steps = this.#frames.map((frame) => frame.step()).filter((step): step is PathStep => step !== undefined);
    const path = formatPath(this.#options.root, steps.length > 100 ? steps.slice(0, 100) : steps);
    if (error instanceof Refusal) {
      const message = `${path} ${error.reason}. Nothing was cached; the option \`key\` can say what the key is instead`;
      return new UnkeyableError(message, { path });
    }
    return new UnkeyableError(`${path} cannot be read as a key: ${describeError(error)}`, { path, cause: error });
  }
}

function cureFor(value: object): string {
  if (kindOfPrototype(Object.getPrototypeOf(value) as object) !== undefined) return 'which is not plain data';
  return 'whose private state cannot be seen: give the class a method [cacheKey]()';
}

function describeError(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}
