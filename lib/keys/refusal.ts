/** Why a value cannot be a key; caught where its path is known and turned into an `UnkeyableError`. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
