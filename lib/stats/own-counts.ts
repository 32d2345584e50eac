import { Counts, isNothing, minus, NO_COUNTS, type CallCounts } from './counts.ts';
import type { FunctionCounts } from './statistics-note.ts';

/** What is counted of one function. */
interface Counted {
  readonly name: string;
  readonly identity: string;
  readonly counts: Counts;
  /** What had been counted when the note was begun. */
  atBeginning: CallCounts;
  /** What had been counted when the note was written last. */
  atWriting: CallCounts;
}

/** What this thread counts of several functions, and how much of it stands in its note. */
export class OwnCounts {
  readonly #all = new Map<string, Counted>();

  /** The counts of a function, the same for all who ask. `onChange` is told as by {@link Counts}. */
  of({ name, identity }: { readonly name: string; readonly identity: string }, onChange: () => void): Counts {
    const key = `${identity}:${name}`;
    const known = this.#all.get(key)?.counts;
    if (known !== undefined) return known;
    const counts = new Counts(onChange);
    this.#all.set(key, { name, identity, counts, atBeginning: NO_COUNTS, atWriting: NO_COUNTS });
    return counts;
  }

  /** What was counted since the note was begun, or written. */
  since(moment: 'atBeginning' | 'atWriting'): FunctionCounts[] {
    const found: FunctionCounts[] = [];
    for (const counted of this.#all.values()) {
      const counts = minus(counted.counts.read(), counted[moment]);
      if (!isNothing(counts)) found.push({ name: counted.name, identity: counted.identity, ...counts });
    }
    return found;
  }

  /** Has the next change told again. */
  settle(): void {
    for (const { counts } of this.#all.values()) counts.settle();
  }

  /** A note begins: what was written before stands elsewhere, or nowhere any more. */
  begin(): void {
    for (const counted of this.#all.values()) counted.atBeginning = counted.atWriting;
  }

  /** Takes down what is counted now; what comes of it says that just this was written. */
  written(): () => void {
    const all = [...this.#all.values()].map((counted) => ({ counted, current: counted.counts.read() }));
    return () => {
      for (const { counted, current } of all) counted.atWriting = current;
    };
  }

  /** Forgets all that was counted, as if the thread had begun now. */
  forget(): void {
    this.settle();
    this.written()();
    this.begin();
  }
}
