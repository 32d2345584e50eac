import { CorruptItemError } from '../common/errors.ts';
import type { MissReason } from '../common/events.ts';
import { readManifest, type Manifest } from '../runs/manifest.ts';
import { computed, UNREADABLE, type Finding, type Outcome } from '../records/outcome.ts';
import { Replay } from '../runs/replay.ts';
import { validated } from '../calls/examine.ts';
import { lookUpInSteps } from '../calls/lookup.ts';
import { observe, observeError, observeFailure, observeMiss, observeUse, unreadable } from '../calls/observe.ts';
import type { Call, CallContext } from '../calls/context.ts';
import { isStill } from '../calls/unchanged.ts';
import type { Caller } from '../runtime/caller.ts';
import { loading } from '../runtime/shared-time.ts';
import type { Steps } from '../runtime/steps.ts';
import { LiveRun, type Unrecorded } from './live-run.ts';
import { refreshRunInBackground } from './refresh.ts';

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
  readonly #context: CallContext;
  readonly #id: string;
  readonly #call: Call;
  /** How the run was found; undefined before it was looked for. */
  #opening: Outcome | undefined;
  #replay: Replay | undefined;
  #live: LiveRun | undefined;
  /** What may stand in for a generator that throws before its first item. */
  #fallback: Outcome | undefined;
  #passed = 0;

  constructor(context: CallContext, id: string, call: Call) {
    this.#context = context;
    this.#id = id;
    this.#call = call;
  }

  /** Who has made the call, where that may go before it ends. */
  get caller(): Caller | undefined {
    return this.#call.caller;
  }

  /** Looks for a stored run, once, and counts what came of it. */
  *open(): Steps<Outcome> {
    return (this.#opening ??= observe(this.#context, this.#id, yield* this.#lookUp()));
  }

  *next(sent: unknown): Steps<Item> {
    try {
      yield* this.#endUnlessWanted();
      yield* this.open();
      const result = this.#live === undefined ? yield* this.#again(sent) : yield* this.#alive(this.#live, sent);
      if (result.done !== true) this.#passed++;
      return result;
    } catch (error) {
      return observeError(this.#context, error);
    }
  }

  /** A run ends when its caller has gone. @throws the reason of that */
  *#endUnlessWanted(): Steps<void> {
    if (this.caller?.isGone !== true) return;
    if (this.#live !== undefined) yield* this.#live.abort();
    throw this.caller.reason;
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

  *#lookUp(): Steps<Outcome> {
    const { mode } = this.#context.settings;
    if (mode === 'off') return this.#compute({ unrecorded: 'silent' });
    if (!this.#isStill()) return this.#compute({ unrecorded: 'changed' });
    const found = yield* this.#find();
    if (found.hasValue) return this.#serve(found);
    observeMiss(this.#context, this.#id, found);
    this.#fallback = found.fallback;
    const unrecorded = this.#isStill() ? undefined : 'changed';
    return this.#compute({ unrecorded, reason: found.reason });
  }

  /** What is stored: the value is the manifest of a run. */
  *#find(): Steps<Finding> {
    try {
      const found = yield* lookUpInSteps(this.#context, this.#id, { read: readManifest });
      return this.#context.settings.validate === undefined ? found : yield* validated(this.#context, this.#id, found);
    } catch (error) {
      return unreadable(this.#context, this.#id, error);
    }
  }

  #serve(found: Outcome): Outcome {
    if (found.status === 'stale') refreshRunInBackground(this.#context, this.#id, this.#call);
    this.#replayFrom(found);
    return found;
  }

  #replayFrom({ value }: Outcome): void {
    const { backing, settings } = this.#context;
    this.#replay = new Replay({ store: backing.store, codec: settings.codec }, this.#id, value as Manifest);
  }

  #compute({ unrecorded, reason }: { unrecorded: Unrecorded | undefined; reason?: MissReason }): Outcome {
    this.#live = new LiveRun(this.#context, this.#id, { call: this.#call, unrecorded });
    return computed(undefined, { promised: false, computeMs: 0, reason });
  }

  /** From the stored run, as long as it is whole and the consumer only listens. */
  *#again(sent: unknown): Steps<Item> {
    if (sent === undefined) {
      try {
        return yield* this.#load(this.#replay as Replay);
      } catch (error) {
        this.#observeDamage(error);
      }
    }
    const ended = yield* this.#resume(sent === undefined ? undefined : 'sent');
    return ended ?? (yield* (this.#live as LiveRun).next(sent));
  }

  /** The next item of the stored run; the time that it takes is counted. */
  *#load(replay: Replay): Steps<Item> {
    const stop = loading.begin();
    try {
      return yield* replay.next();
    } finally {
      this.#context.counts.addLoading(stop());
    }
  }

  *#alive(live: LiveRun, sent: unknown): Steps<Item> {
    try {
      return yield* live.next(sent);
    } catch (thrown) {
      const mayStandIn = this.#passed === 0 && this.caller?.isGone !== true;
      const fallback = mayStandIn ? this.#fallback : undefined;
      if (fallback === undefined) throw thrown;
      this.#live = undefined;
      this.#fallback = undefined;
      this.#replayFrom(fallback);
      observeFailure(this.#context, 'refreshFailed', { id: this.#id, error: thrown });
      observeUse(this.#context, this.#id, fallback);
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
    const live = new LiveRun(this.#context, this.#id, { call: this.#call, unrecorded });
    this.#live = live;
    for (let item = 0; item < this.#passed; item++) {
      const result = yield* live.next(undefined);
      if (result.done === true) return result;
    }
    return undefined;
  }

  #observeDamage(error: unknown): void {
    if (error instanceof CorruptItemError) {
      observeMiss(this.#context, this.#id, { hasValue: false, reason: 'corrupt', error });
      return;
    }
    observeFailure(this.#context, 'readFailed', { id: this.#id, error });
    observeMiss(this.#context, this.#id, UNREADABLE);
  }

  #isStill(): boolean {
    return isStill(this.#id, this.#call);
  }
}
