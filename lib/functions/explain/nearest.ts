import { nameInRecord, tryHead } from '../../records/frame.ts';
import { isItemId } from '../../common/ids.ts';
import type { CallContext } from '../../calls/context.ts';
import { each, step, type Steps } from '../../runtime/steps.ts';
import type { RecordHead } from '../../records/head.ts';
import { decodeFingerprints, type Fingerprints } from '../../records/fingerprints.ts';
import type { StoreEntry, PeekedRecord } from '../../stores/store.ts';
import { compareFingerprints, type Comparison } from './compare.ts';

/** A stored entry of a function of the same name. */
export interface Candidate extends Comparison {
  readonly head: RecordHead;
  readonly peeked: PeekedRecord;
  readonly stored: Fingerprints;
}

/** What a look at all entries has found. */
export interface Neighbours {
  /** The one that differs in the fewest parts; of several the one of the same function, of these the newest. */
  readonly nearest: Candidate | undefined;
  /** The one with the same `this` and arguments, where another one is the nearest. */
  readonly sameCall: Candidate | undefined;
  /** Why some could not be looked at. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** Looks at the head of every entry, one after another; of all that it sees it keeps no more than two. */
export function* findNeighbours(context: CallContext, wanted: Fingerprints): Steps<Neighbours> {
  const { store } = context.backing;
  // What a record says is well-formed, too.
  const name = nameInRecord(context.name).toWellFormed();
  const search = new Search();
  const look = function* look({ id }: StoreEntry): Steps<void> {
    const peeked = isItemId(id) ? yield* step(store.peek(id)) : undefined;
    const head = peeked && tryHead(peeked);
    if (peeked === undefined || head?.name !== name || head.kind === 'error') return;
    const stored = decodeFingerprints(head.fingerprints);
    search.offer({ ...compareFingerprints(wanted, stored), stored, head, peeked });
  };
  const lookAtAll = function* lookAtAll(): Steps<void> {
    // One entry that cannot be read does not hide the others.
    yield* each(store.entries(), (entry) => search.tolerate(look(entry)));
  };
  yield* search.tolerate(lookAtAll());
  return search;
}

class Search implements Neighbours {
  nearest: Candidate | undefined;
  failure: Neighbours['failure'];
  #sameCall: Candidate | undefined;

  get sameCall(): Candidate | undefined {
    return this.#sameCall === this.nearest ? undefined : this.#sameCall;
  }

  offer(candidate: Candidate): void {
    if (isNearer(candidate, this.nearest)) this.nearest = candidate;
    const isSameCall = candidate.ofCall.length === 0 && candidate.distance === candidate.ofFunction.length;
    if (isSameCall && isNearer(candidate, this.#sameCall)) this.#sameCall = candidate;
  }

  *tolerate(steps: Steps<void>): Steps<void> {
    try {
      yield* steps;
    } catch (error) {
      this.failure = { error };
    }
  }
}

function isNearer(candidate: Candidate, best: Candidate | undefined): boolean {
  if (best === undefined) return true;
  if (candidate.distance !== best.distance) return candidate.distance < best.distance;
  const inFunction = candidate.ofFunction.length - best.ofFunction.length;
  return inFunction === 0 ? candidate.head.createdAt > best.head.createdAt : inFunction < 0;
}
