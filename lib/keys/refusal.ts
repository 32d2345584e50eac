/** Why a value cannot be a key; caught where its path is known and turned into an `UnkeyableError`. */
export class Refusal {
  readonly reason: string;
  readonly cause: unknown;

  constructor(reason: string, cause?: unknown) {
    this.reason = reason;
    this.cause = cause;
  }
}
