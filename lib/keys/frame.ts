import type { PathStep } from '../common/path.ts';
import type { ByteWriter } from './writer.ts';

/** An object that is being written. The stack of frames is the path to where the writing stands. */
export interface Frame {
  /** The object, by which a cycle is found. */
  readonly value: object;
  /** Where its bytes begin. */
  start: number;
  /** Writes on, up to the next object inside: that one is returned, or undefined at the end. */
  next(out: ByteWriter): object | undefined;
  /** The step to what `next` came to last. */
  step(): PathStep | undefined;
}
