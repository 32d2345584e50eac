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
