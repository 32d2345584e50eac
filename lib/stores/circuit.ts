/** A store that is slow or gone is not asked for a while, so that calls compute at once instead of waiting for it, each. */

import { durationInWords } from '../common/describe.ts';
import { StoreError } from '../common/errors.ts';
import { publish, type Events } from '../common/events.ts';
import { perScope } from '../runtime/per-store.ts';
import { later, within } from '../runtime/timers.ts';

type Listener = Pick<Events, 'hear'>;

/** Who listens to a store, by its scope. A cache may be dropped without being closed, so they are held weakly. */
const listenersOf = perScope(() => new Set<WeakRef<Listener>>());
const dropped = new FinalizationRegistry<() => void>((forget) => forget());

/** Tells a listener, as long as it is kept, when a store is gone and when it answers again. */
export function listenToStore(scope: string | object, listener: Listener): void {
  const listeners = listenersOf(scope);
  const reference = new WeakRef(listener);
  listeners.add(reference);
  dropped.register(listener, () => listeners.delete(reference));
}

/** So many failures in a row, of which none is a store that does not answer, and it is not asked any more. */
const MOST = 3;

/** Ms for which a store is not asked: each failure of the one question after that doubles it. */
const PAUSE = { first: 1000, longest: 30_000 } as const;

/** The questions to one store. */
export class Circuit {
  readonly #timeout: number;
  readonly #scope: string | object;
  #failures = 0;
  #pause = 0;
  #isResting = false;
  #isProbing = false;
  #lastError: unknown;

  /** `timeout`: ms that it may take to answer. */
  constructor(scope: string | object, timeout: number) {
    this.#scope = scope;
    this.#timeout = timeout;
  }

  /** What the store answers in time. @throws StoreError where it is not asked, or has not answered; what the store throws */
  async ask<T>(question: () => PromiseLike<T> | T): Promise<T> {
    const isDown = this.#pause > 0;
    if (isDown && (this.#isProbing || this.#isResting)) throw this.#resting();
    this.#isProbing = isDown;
    try {
      const answer = (await within(Promise.resolve(question()), this.#timeout, () => this.#isLate())) as T;
      this.#isUp();
      return answer;
    } catch (error) {
      this.#hasFailed(error);
      throw error;
    } finally {
      if (isDown) this.#isProbing = false;
    }
  }

  #isLate(): never {
    this.#failures = MOST;
    throw new StoreError(
      `The store did not answer within ${durationInWords(this.#timeout)}: raise its timeout, or see to it`,
    );
  }

  #resting(): StoreError {
    const why = 'The store is not asked at the moment, for it failed before';
    return new StoreError(`${why}: calls compute until it answers again`, { cause: this.#lastError });
  }

  #isUp(): void {
    this.#failures = 0;
    if (this.#pause === 0) return;
    this.#pause = 0;
    this.#tell('storeUp', undefined);
  }

  #hasFailed(error: unknown): void {
    this.#lastError = error;
    if (++this.#failures < MOST) return;
    const wasUp = this.#pause === 0;
    this.#pause = wasUp ? PAUSE.first : Math.min(2 * this.#pause, PAUSE.longest);
    this.#isResting = true;
    later(() => (this.#isResting = false), this.#pause);
    if (wasUp) this.#tell('storeDown', error);
  }

  #tell(type: 'storeDown' | 'storeUp', error: unknown): void {
    const event = { type, id: '', name: '', store: typeof this.#scope === 'string' ? this.#scope : '', error };
    publish(event);
    for (const listener of listenersOf(this.#scope)) listener.deref()?.hear(event);
  }
}
