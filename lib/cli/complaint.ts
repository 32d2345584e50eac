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
