import { CorruptItemError, isUnsafeFolder } from '../common/errors.ts';
import type { MissReason } from '../common/events.ts';
import { lookUpRun } from './look-up.ts';
import { refreshRunBehind } from './refresh.ts';
import { LiveRun, type Unrecorded } from './live-run.ts';
import type { Manifest } from '../runs/manifest.ts';
import { computed, UNREADABLE, type Result } from '../records/outcome.ts';
import { Replay } from '../runs/replay.ts';
import { reportFailure, reportFound, reportMiss, reportUse } from '../calls/observe.ts';
import type { Site, Work } from '../calls/context.ts';
import type { Steps } from '../runtime/steps.ts';

type Item = IteratorResult<unknown, unknown>;

/** As `loadMissPart`, for the part that this file is of. @throws StoreError */
export function loadRunPart(): void {
  // There is nothing to do: that it can be called is what matters.
}

/**
 * One run of a cached generator, stored or live, as its consumer asks for it. Two consumers of one run that is not stored
 * both compute it: the first one may stop in the middle for ever, and the other must not wait for that.
 */
export class GeneratorRun {
  readonly #site: Site;
  readonly #id: string;
  readonly #work: Work;
  /** How the run was found; undefined before anybody has looked. */
  #opening: Result | undefined;
  #replay: Replay | undefined;
  #live: LiveRun | undefined;
  /** What may stand in for a generator that throws before its first item. */
  #fallback: Result | undefined;
  #passed = 0;

  constructor(site: Site, id: string, work: Work) {
    this.#site = site;
    this.#id = id;
    this.#work = work;
  }

  /** Looks for a stored run, once. @throws UnsafeFolderError */
  *open(): Steps<Result> {
    if (this.#opening === undefined) {
      this.#opening = yield* this.#lookUp();
      this.#work.opened?.(this.#opening);
    }
    return this.#opening;
  }

  *next(sent: unknown): Steps<Item> {
    try {
      yield* this.open();
      const result = this.#live === undefined ? yield* this.#again(sent) : yield* this.#alive(this.#live, sent);
      if (result.done !== true) this.#passed++;
      return result;
    } catch (error) {
      this.#site.counts.addError();
      throw error;
    }
  }

  /** Only the generator itself knows what comes of it. */
  *throw(error: unknown): Steps<Item> {
    // Of other arguments it would be another run, and this one ends as a generator does that lets the error through.
    if (this.#live === undefined && !this.#isStill()) throw error;
    if (this.#live === undefined) yield* this.#resume('sent');
    const result = yield* (this.#live as LiveRun).throw(error);
    if (result.done !== true) this.#passed++;
    return result;
  }

  *return(value: unknown): Steps<Item> {
    return this.#live === undefined ? { done: true, value } : yield* this.#live.return(value);
  }

  *#lookUp(): Steps<Result> {
    const { settings } = this.#site;
    if (settings.mode === 'off') return this.#compute({ unrecorded: 'silent' });
    if (!this.#isStill()) return this.#compute({ unrecorded: 'changed' });
    const outcome = yield* lookUpRun(this.#site, this.#id);
    if (outcome.hit) return this.#found(outcome);
    reportMiss(this.#site, this.#id, outcome);
    this.#fallback = outcome.fallback;
    const unrecorded = this.#isStill() ? undefined : 'changed';
    return this.#compute({ unrecorded, reason: outcome.reason });
  }

  #found(outcome: Result): Result {
    reportFound(this.#site, this.#id, outcome);
    if (outcome.status === 'stale') refreshRunBehind(this.#site, this.#id, this.#work);
    this.#replay = new Replay(this.#site, this.#id, outcome.value as Manifest);
    return outcome;
  }

  #compute({ unrecorded, reason }: { unrecorded: Unrecorded | undefined; reason?: MissReason }): Result {
    this.#live = new LiveRun(this.#site, this.#id, { work: this.#work, unrecorded });
    return computed(undefined, { promised: false, computeMs: 0, reason });
  }

  /** From the stored run, as long as it is whole and the consumer only listens. */
  *#again(sent: unknown): Steps<Item> {
    if (sent === undefined) {
      try {
        return yield* (this.#replay as Replay).next();
      } catch (error) {
        if (isUnsafeFolder(error)) throw error;
        this.#reportDamage(error);
      }
    }
    const ended = yield* this.#resume(sent === undefined ? undefined : 'sent');
    return ended ?? (yield* (this.#live as LiveRun).next(sent));
  }

  *#alive(live: LiveRun, sent: unknown): Steps<Item> {
    try {
      return yield* live.next(sent);
    } catch (thrown) {
      const fallback = this.#passed === 0 && !isUnsafeFolder(thrown) ? this.#fallback : undefined;
      if (fallback === undefined) throw thrown;
      this.#live = undefined;
      this.#fallback = undefined;
      this.#replay = new Replay(this.#site, this.#id, fallback.value as Manifest);
      reportFailure(this.#site, 'refreshFailed', { id: this.#id, error: thrown });
      reportUse(this.#site, 'stale', this.#id);
    }
    return yield* this.#again(undefined);
  }

  /**
   * Runs the generator up to where the stored run was left; what it gives where it ends before that.
   *
   * @throws CorruptItemError when the arguments were changed, for then it would be another run
   */
  *#resume(unrecorded: Unrecorded | undefined): Steps<Item | undefined> {
    if (!this.#isStill()) {
      const reason = 'cannot be gone on with: its arguments were changed meanwhile';
      throw new CorruptItemError(`The run of ${this.#id} ${reason}`, { id: this.#id });
    }
    this.#replay = undefined;
    const live = new LiveRun(this.#site, this.#id, { work: this.#work, unrecorded });
    this.#live = live;
    for (let item = 0; item < this.#passed; item++) {
      const result = yield* live.next(undefined);
      if (result.done === true) return result;
    }
    return undefined;
  }

  #reportDamage(error: unknown): void {
    if (error instanceof CorruptItemError) {
      reportMiss(this.#site, this.#id, { hit: false, reason: 'corrupt', error });
      return;
    }
    reportFailure(this.#site, 'readFailed', { id: this.#id, error });
    reportMiss(this.#site, this.#id, UNREADABLE);
  }

  #isStill(): boolean {
    return this.#work.isStill?.(this.#id, this.#work) !== false;
  }
}
