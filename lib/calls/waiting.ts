/**
 * What calls of several processes that wait for one another tell each other, in a note beside the record: that somebody waits, and
 * that a computation has stored nothing. Without waiting there is no note.
 */

import type { Computing } from '../common/events.ts';
import { WAITING_PREFIX } from '../common/ids.ts';
import { tryHead } from '../records/frame.ts';
import { encodeNoteRecord } from '../records/note.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { pidOf, type HeldLease } from '../stores/store.ts';
import type { CallContext } from './context.ts';

/** Ms after which a call that waits says so. */
const LONG = 100;

/** Ms for which nobody waits for a call whose value was not stored. */
const WHILE = 60_000;

type State = 'waits' | 'unstored';

/** A call that waits for another process. */
export class Waiting {
  readonly #context: CallContext;
  readonly #id: string;
  #hasTold = false;

  constructor(context: CallContext, id: string) {
    this.#context = context;
    this.#id = id;
  }

  /**
   * Whether to go on: not where what the call computes was not stored lately. One that has waited long emits `wait` and has
   * whoever computes tell when there is nothing to wait for. Never throws.
   */
  *isOfUse(held: HeldLease, elapsed: number): Steps<boolean> {
    const state = yield* read(this.#context, this.#id);
    if (state === 'unstored') return false;
    if (elapsed < LONG) return true;
    if (!this.#hasTold) this.#emit(held, elapsed);
    this.#hasTold = true;
    // Another one that waited may have removed it.
    if (state === undefined) yield* write(this.#context, this.#id, 'waits');
    return true;
  }

  /** Never throws. */
  *end(): Steps<void> {
    if (!this.#hasTold || (yield* read(this.#context, this.#id)) !== 'waits') return;
    try {
      yield* step(this.#context.backing.store.delete(noteIdOf(this.#id)));
    } catch {
      // The next prune removes it.
    }
  }

  #emit(held: HeldLease, elapsed: number): void {
    const { name, settings } = this.#context;
    const { events, clock } = settings;
    if (!events.wants('wait')) return;
    const { heldBy, pid, since = clock() - elapsed } = computingBy(held);
    events.emit({ type: 'wait', id: this.#id, name, heldBy, pid, since });
  }
}

/** Who computes the call in another process, or thread, or under this one's lease; undefined where nobody does. Never throws. */
export function* computingNow(context: CallContext, id: string): Steps<Computing | undefined> {
  try {
    const held = yield* step<HeldLease | undefined>(context.backing.store.heldBy(id));
    return held && computingBy(held);
  } catch {
    return undefined;
  }
}

function computingBy({ heldBy = '', since }: HeldLease): Computing {
  return { heldBy, pid: pidOf(heldBy), since };
}

/** A computation that began at `begunAt`, in ms since the epoch, has stored nothing: tells those who wait for it. Never throws. */
export function* tellUnstored(context: CallContext, id: string, begunAt: number): Steps<void> {
  const { clock, sharesWork } = context.settings;
  // Nobody has waited long for a short one.
  if (clock() - begunAt < LONG || !sharesWork) return;
  if ((yield* read(context, id)) !== undefined) yield* write(context, id, 'unstored');
}

function noteIdOf(id: string): string {
  return WAITING_PREFIX + id.slice(WAITING_PREFIX.length);
}

function* read({ backing, settings }: CallContext, id: string): Steps<State | undefined> {
  try {
    const peeked = yield* step(backing.store.peek(noteIdOf(id)));
    const head = peeked && tryHead(peeked);
    if (head === undefined || Math.abs(settings.clock() - head.createdAt) > WHILE) return undefined;
    return head.serializer === 'unstored' ? 'unstored' : 'waits';
  } catch {
    return undefined;
  }
}

function* write({ backing, settings }: CallContext, id: string, kind: State): Steps<void> {
  const writtenAt = settings.clock();
  const keepUntil = writtenAt + WHILE;
  const record = encodeNoteRecord({ id: noteIdOf(id), kind, writtenAt, keepUntil }, NOTHING);
  try {
    yield* step<void>(backing.store.set(noteIdOf(id), record, { expiresAt: keepUntil, minor: true }));
  } catch {
    // Then they wait in turn.
  }
}

const NOTHING = new Uint8Array(0);
