import type { ErrorKind } from '../common/kind.ts';
import type { PathStep } from '../common/path.ts';
import type { Frame } from './frame.ts';
import { ObjectFrame, valueOf } from './object-frame.ts';
import { writeScalar } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** What `util.isDeepStrictEqual` compares of every error, own property or not. The stack is not among them. */
const ALWAYS = ['name', 'message', 'cause', 'errors'] as const;

/** An error: its kind, the four properties above, then its own enumerable ones as of a plain object. */
export class ErrorFrame implements Frame {
  readonly value: object;
  start = 0;
  #index = 0;
  #fields: ObjectFrame | undefined;

  constructor(out: ByteWriter, value: object, kind: ErrorKind) {
    this.value = value;
    out.byte(TAG.error);
    out.string(kind);
  }

  next(out: ByteWriter): object | undefined {
    while (this.#index < ALWAYS.length) {
      const property = ALWAYS[this.#index++] as string;
      const own = Object.getOwnPropertyDescriptor(this.value, property);
      const member = own === undefined ? this.#inherited(property) : valueOf(own);
      // `cause: undefined` and no cause are different to `util.isDeepStrictEqual` since Node 22.
      if (own === undefined && property === 'cause' && member === undefined) out.byte(TAG.absent);
      else if (!writeScalar(out, member)) return member as object;
    }
    this.#fields ??= new ObjectFrame(out, this.value, TAG.object);
    return this.#fields.next(out);
  }

  step(): PathStep | undefined {
    return this.#fields === undefined ? ALWAYS[this.#index - 1] : this.#fields.step();
  }

  /** `name` and an empty `message` come from the built-in prototype, where they are plain data. */
  #inherited(property: string): unknown {
    return (Object.getPrototypeOf(this.value) as Record<string, unknown>)[property];
  }
}
