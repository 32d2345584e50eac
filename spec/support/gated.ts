import { defer, type Deferred } from './deferred.ts';

/** One run of a function that waits for the spec. */
export interface Gate extends Deferred<string> {
  /** Settles when the run has begun. */
  readonly begun: Promise<void>;
}

/** A function whose answers the spec gives, one for each run, and its runs in the order in which they begin. */
export interface Gated {
  readonly gated: (id: number, options?: { readonly signal?: AbortSignal }) => Promise<string>;
  readonly gate: (run: number) => Gate;
  /** How many runs have begun. */
  runs(): number;
  /** What signals they were given. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

export function makeGated(): Gated {
  const gates: (Gate & { readonly begin: () => void })[] = [];
  let runs = 0;
  const gate = (run: number): Gate & { readonly begin: () => void } => {
    const beginning = defer<void>();
    return (gates[run] ??= { ...defer<string>(), begun: beginning.promise, begin: () => beginning.resolve() });
  };
  const signals: (AbortSignal | undefined)[] = [];
  async function gated(_id: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<string> {
    signals.push(signal);
    const mine = gate(runs++);
    mine.begin();
    return mine.promise;
  }
  return { gated, gate, runs: () => runs, signals };
}
