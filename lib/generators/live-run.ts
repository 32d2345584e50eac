import { performance } from 'node:perf_hooks';

import { EntryTooLargeError } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import { isNoCache } from '../calls/no-cache.ts';
import { labelOf, verdictOn } from '../calls/callbacks.ts';
import { Recorder } from './recorder.ts';
import { observeSkip, observeUnstored } from '../calls/observe.ts';
import type { Call, CallContext } from '../calls/context.ts';
import { isOutdated, tookTooLong } from '../calls/time-limits.ts';
import { isUnchanged } from '../calls/unchanged.ts';
import { withSignal } from '../common/signals.ts';
import { newController } from '../runtime/caller.ts';
import { computing } from '../runtime/shared-time.ts';
import { carryOutAsync, step, type Steps } from '../runtime/steps.ts';
import { within } from '../runtime/timers.ts';

/** A generator object of either kind. */
export type AnyGenerator = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;
type Item = IteratorResult<unknown, unknown>;

/** Why nothing of a run is recorded from the beginning, if that is so. */
export type Unrecorded = SkipReason | 'silent';

/**
 * A generator of the user's that runs: its items pass on as they are made and are recorded by the way. The record is
 * kept when the run comes to its end by itself, undisturbed; whatever else ends it, the generator is closed as the
 * language would.
 */
export class LiveRun {
  readonly #context: CallContext;
  readonly #id: string;
  readonly #call: Call;
  #recorder: Recorder | undefined;
  /** Whether its record is kept. */
  isStored = false;
  #inner: AnyGenerator | undefined;
  #computeMs = 0;
  /** Ms that the generator has run. */
  #tookMs = 0;
  readonly #begunAt: number;
  /** Aborts the signal of the generator, where it has one. */
  readonly #controller: AbortController | undefined;

  constructor(
    context: CallContext,
    id: string,
    { call, unrecorded }: { call: Call; unrecorded?: Unrecorded | undefined },
  ) {
    this.#context = context;
    this.#id = id;
    this.#call = call;
    this.#begunAt = context.settings.clock();
    this.#controller = call.caller && newController();
    if (unrecorded === undefined && context.settings.maySave) this.#recorder = new Recorder(context, id);
    else if (unrecorded !== 'silent') observeSkip(context, id, unrecorded ?? 'mode');
  }

  *next(sent: unknown): Steps<Item> {
    if (sent !== undefined) yield* this.#forgo('sent');
    return yield* this.#advance((inner) => inner.next(sent));
  }

  *throw(error: unknown): Steps<Item> {
    yield* this.#forgo('sent');
    return yield* this.#advance((inner) => inner.throw(error));
  }

  *return(value: unknown): Steps<Item> {
    yield* this.#forgo('unfinished');
    return yield* this.#advance((inner) => inner.return(value));
  }

  *#advance(ask: (inner: AnyGenerator) => Item | Promise<Item>): Steps<Item> {
    const startedAt = performance.now();
    const stop = computing.begin();
    let result: Item;
    try {
      this.#inner ??= start(this.#context, this.#given());
      const answer = ask(this.#inner);
      result = yield* step('then' in answer ? this.#inTime(answer) : answer);
    } catch (thrown) {
      return yield* this.#rescue(thrown);
    } finally {
      this.#tookMs += performance.now() - startedAt;
      stop();
    }
    if (this.#isUnwanted) yield* this.abort();
    const computeMs = stop();
    this.#computeMs += computeMs;
    this.#context.counts.addComputing(computeMs);
    if (this.#recorder !== undefined) yield* this.#record(this.#recorder, result);
    return result;
  }

  /** Whether its caller has gone: then it may have ended early. */
  get #isUnwanted(): boolean {
    return this.#call.caller?.isGone === true;
  }

  /** @throws what was thrown, unless it is a NoCache */
  *#rescue(thrown: unknown): Steps<Item> {
    const isResult = isNoCache(thrown);
    yield* this.#forgo(this.#isUnwanted ? 'aborted' : isResult ? 'NoCache' : undefined);
    if (isResult) return { done: true, value: thrown.value };
    throw thrown;
  }

  /** Ends it without waiting for what the generator does at its end. Nothing of it is recorded any more. */
  *abort(reason?: unknown): Steps<void> {
    this.#controller?.abort(reason);
    yield* this.#forgo('aborted');
    void this.#close();
  }

  async #close(): Promise<void> {
    try {
      await this.#inner?.return(undefined);
    } catch {
      // Its consumer has gone.
    }
  }

  /** The call as the generator is given it: with a signal of its own. */
  #given(): Call {
    const { caller, args } = this.#call;
    if (caller === undefined || this.#controller === undefined) return this.#call;
    return { ...this.#call, args: withSignal(args, caller.with(this.#controller.signal)) };
  }

  /** An item, unless all that were made so far have taken too long. */
  async #inTime(answer: Promise<Item>): Promise<Item> {
    const left = this.#context.settings.computeTimeout - this.#tookMs;
    return within(answer, left, () => {
      const error = tookTooLong(this.#context, this.#id);
      void carryOutAsync(this.abort(error));
      throw error;
    });
  }

  *#record(recorder: Recorder, result: Item): Steps<void> {
    try {
      if (result.done === true) yield* this.#finish(recorder, result.value);
      else if (recorder.add(result.value)) yield* recorder.flush();
    } catch (error) {
      const isTooLarge = error instanceof EntryTooLargeError;
      yield* this.#forgo(isTooLarge ? 'maxEntryBytes' : undefined);
      if (isTooLarge) return;
      observeUnstored(this.#context, this.#id, { error, computeMs: this.#computeMs, value: result.value });
    }
  }

  *#finish(recorder: Recorder, value: unknown): Steps<void> {
    const { args, fingerprints } = this.#call;
    if (!isUnchanged(this.#id, this.#call)) return yield* this.#forgo('changed');
    const { skip, lifetime } = verdictOn(this.#context, value, args);
    if (skip !== undefined) return yield* this.#forgo(skip);
    if (yield* isOutdated(this.#context, this.#id, this.#begunAt)) return yield* this.#forgo('late');
    const label = labelOf(this.#context, args);
    // The arguments are those of the id, or it would not come to this.
    const terms = { label, lifetime, computeMs: this.#computeMs, fingerprints: fingerprints?.(this.#id, this.#call) };
    yield* recorder.finish(value, terms);
    this.isStored = true;
    this.#recorder = undefined;
  }

  /** Records no further and removes what was written. */
  *#forgo(reason?: SkipReason): Steps<void> {
    const recorder = this.#recorder;
    if (recorder === undefined) return;
    this.#recorder = undefined;
    yield* recorder.discard();
    if (reason !== undefined) observeSkip(this.#context, this.#id, reason);
  }
}

function start({ backing, generator }: CallContext, { fn, self, args }: Call): AnyGenerator {
  const inner = Reflect.apply(fn, self, args) as AnyGenerator;
  const isLate = backing.store.kind === 'async' && generator === 'sync';
  return isLate ? awaited(inner as Generator<unknown, unknown>) : inner;
}

/** As the language makes an asynchronous generator of a synchronous one: promises among its items are waited for. */
async function* awaited(inner: Generator<unknown, unknown>): AsyncGenerator<unknown, unknown> {
  return yield* inner;
}
