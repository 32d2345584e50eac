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

/** How a command ends: 0 done, 1 a problem was found, 2 it was called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** A reason not to go on that needs no stack: what happened, to what, and what to do. */
export class Complaint extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A call that cannot be meant. */
export function misused(message: string): Complaint {
  return new Complaint(message, 2);
}

/** Whether something thrown says that an argument or option cannot be meant. */
export function isMisuse(error: unknown): boolean {
  if (error instanceof Complaint) return error.exitCode === 2;
  return (error as { readonly code?: unknown }).code === 'ERR_INVALID_ARG_VALUE';
}

/** What is refused as an option of the package was given to the command as a flag. */
const FLAGS: readonly (readonly [option: RegExp, flag: string, kind: string])[] = [
  [/\bolder(?:Than)?\b/, '--older', 'a duration such as 90s, 36h or 7d'],
  [/\bunused(?:For)?\b/, '--unused', 'a duration such as 90s, 36h or 7d'],
  [/\bmaxBytes\b/, '--max-size', 'a size such as 500MB or 2GB'],
];

/** Does work that reads options, and complains about them in the words of the command. @throws Complaint */
export function inFlags<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const refused = isMisuse(error) ? FLAGS.find(([option]) => option.test((error as Error).message)) : undefined;
    if (refused === undefined) throw error;
    throw misused(`${refused[1]} must be ${refused[2]}`);
  }
}

/** An option with a value. */
export function textOf(options: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number of rows: `Infinity` for `all`, undefined where it is not given. @throws Complaint */
export function limitOf(options: Given): number | undefined {
  const text = textOf(options, 'limit');
  if (text === undefined) return undefined;
  return text === 'all' ? Infinity : wholeNumber(text, '--limit', ' or "all"');
}

/** A whole number of 1 or more. @throws Complaint */
export function countOf(options: Given, name: string, flag: string): number | undefined {
  const text = textOf(options, name);
  return text === undefined ? undefined : wholeNumber(text, flag);
}

/** One of a few words. @throws Complaint */
export function choiceOf<T extends string>(options: Given, name: string, choices: readonly T[]): T | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw misused(`--${name} must be one of ${choices.join(', ')}; it is "${text}"`);
  return choice;
}

function wholeNumber(text: string, flag: string, or = ''): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw misused(`${flag} must be a whole number of 1 or more${or}; it is "${text}"`);
}
