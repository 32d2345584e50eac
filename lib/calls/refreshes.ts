/** Ms before a value may be computed anew in the background once more: each failure in a row doubles the first pause. */
const PAUSE = { first: 250, longest: 60_000 } as const;

/** So many ids are known at most; what is known of the others is that they have not failed. */
const MAX_KNOWN = 10_000;

/** One refresh of an id. */
export interface Attempt {
  readonly id: string;
  /** When it began or, once it is over, when it failed, in ms since the epoch. */
  since: number;
  isRunning: boolean;
  /** How many have failed in a row before it, and with it. */
  failures: number;
  /** Called when another one takes its place: its lease is for that one. */
  giveUp: (() => void) | undefined;
}

/** The refreshes in the background: one at a time for each id, none too soon after one that failed, and none that waits for ever. */
export class Refreshes {
  readonly #attempts = new Map<string, Attempt>();

  /** A new attempt, unless there is one that runs, or a pause. One that has run longer than `patience`, in ms, has failed. */
  begin(id: string, now: number, patience: number): Attempt | undefined {
    const before = this.#attempts.get(id);
    const failures = before === undefined ? 0 : before.failures + (before.isRunning ? 1 : 0);
    if (before !== undefined) {
      const pause = Math.min(PAUSE.first * 2 ** before.failures, PAUSE.longest);
      const elapsed = now - before.since;
      // A clock that was set back says nothing.
      if (elapsed >= 0 && elapsed < (before.isRunning ? Math.max(patience, pause) : pause)) return undefined;
      before.giveUp?.();
    }
    const attempt: Attempt = { id, since: now, isRunning: true, failures, giveUp: undefined };
    // Those that came last are kept.
    this.#attempts.delete(id);
    this.#attempts.set(id, attempt);
    for (const oldest of this.#attempts.keys()) {
      if (this.#attempts.size <= MAX_KNOWN) break;
      this.#attempts.delete(oldest);
    }
    return attempt;
  }

  /** An attempt is over; `failedAt` is undefined for one that has not failed. */
  end(attempt: Attempt, failedAt: number | undefined): void {
    if (this.#attempts.get(attempt.id) !== attempt) return;
    if (failedAt === undefined) this.#attempts.delete(attempt.id);
    else
      Object.assign(attempt, { isRunning: false, since: failedAt, failures: attempt.failures + 1, giveUp: undefined });
  }
}
