import type { ExitCode } from './complaint.ts';
import type { Context } from './context.ts';

/** One command, as the parser and the help need it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What it is given besides options: `[name]` and what that is. */
  readonly argument?: readonly [usage: string, description: string];
  /** Flags in the way of commander, and what they do. */
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** More about it, below its options. */
  readonly details?: string;
  /** Lines to try, and what they do. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  run(call: Call): Promise<ExitCode>;
}

/** A command, called. */
export interface Call {
  readonly context: Context;
  readonly names: readonly string[];
  readonly options: Given;
}

/** Options as the parser gives them. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;
