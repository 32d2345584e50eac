import { AsyncLocalStorage } from 'node:async_hooks';

import type { Caller } from './caller.ts';
import { currentJob, defer, type Deferred, isCurrent } from './jobs.ts';

/** The calls over one set of records that are being computed at this moment in this thread, by id: the leaders. */
export type InFlightCalls<R> = Map<string, InFlight<R>>;

/**
 * A call whose function runs at this moment, and gives an `R` to those who join it. The first one of an id is its leader: others
 * of that id join it, but for those that it waits for itself, over any number of others.
 */
export class InFlight<R = unknown> {
  readonly id: string;
  /** Who is told that all who waited have gone, and that another one takes its place. */
  owner: { abort(reason: unknown): void; giveWay(): void } | undefined;
  readonly #leaders: InFlightCalls<R>;
  /** The in-flight call whose function has made this one. */
  readonly #caller: InFlight | undefined;
  /** The in-flight calls that this one waits for. */
  #waitsFor: Set<InFlight> | undefined;
  /** Whether others may join: its function will not answer at once any more. */
  #isShared = false;
  /** What those who have joined wait for; undefined as long as there is none. */
  #joined: Deferred<R> | undefined;
  #isJoinedFromWithin = false;
  /** How many wait for it that may go before it ends; `Infinity` as soon as one does that stays. */
  #waiting = 0;
  #hasEnded = false;
  #isTraced = false;
  /** The job in which an untraced function has answered with a promise. */
  #answeredIn: object | undefined;
  /** The call that was on the stack before this one. */
  #below: InFlight | undefined;

  constructor(leaders: InFlightCalls<R>, id: string) {
    this.id = id;
    this.#leaders = leaders;
    this.#caller = InFlight.#nearest(onStack ?? chain.getStore());
  }

  /** A call, or the nearest of those that have made it, that has not ended. */
  static #nearest(call: InFlight | undefined): InFlight | undefined {
    let running = call;
    while (running !== undefined && running.#hasEnded) running = running.#caller;
    return running;
  }

  /** Whether another call may be kept waiting until this one has ended. */
  get isNeeded(): boolean {
    return this.#isJoinedFromWithin || untraced > 0 || InFlight.#nearest(this.#caller) !== undefined;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Says who waits for it. Default: one who stays. */
  attend(caller?: Caller): void {
    if (caller === undefined) this.#waiting = Infinity;
    else {
      this.#waiting++;
      caller.waitFor(this);
    }
  }

  /** One waits for it no longer. */
  lose(reason?: unknown): void {
    if (--this.#waiting === 0 && !this.#hasEnded) this.owner?.abort(reason);
  }

  /** Lets another one take its place among those that can be joined. */
  giveWay(): void {
    if (this.#leaders.get(this.id) !== this) return;
    this.#leaders.delete(this.id);
    this.owner?.giveWay();
  }

  /** Says that the function begins to run on the stack. What it calls from there is known to be called by it. */
  enter(): void {
    this.#lead();
    currentJob();
    this.#below = setOnStack(this);
  }

  /** Says that the function has left the stack. */
  leave(): void {
    setOnStack(this.#below);
    this.#below = undefined;
  }

  /** Runs the function so that what it calls after an await is known to be called by it, too. */
  trace<A extends unknown[], T>(run: (...args: A) => T, ...args: A): T {
    if (!this.#isTraced) traced++;
    this.#isTraced = true;
    return chain.run(this, run, ...args);
  }

  /** Lets others join, until it ends. */
  share(): void {
    this.#isShared = true;
    if (this.#caller !== undefined) this.#caller.#waitFor(this);
    this.#lead();
  }

  /**
   * As `share` for a function that has answered with a promise. Unless it is traced, what it calls from now on is not known to be
   * called by it.
   */
  shareAnswered(): void {
    if (!this.#isTraced) {
      this.#answeredIn = currentJob();
      untraced++;
    }
    this.share();
  }

  /** What this call will give, for a caller who waits for it; undefined where waiting may never end. */
  join(waiting?: Caller): Promise<R> | undefined {
    // In the very job in which the function has answered, nothing that it does after an await has run yet.
    if (!this.#isShared || (this.#answeredIn !== undefined && !isCurrent(this.#answeredIn))) return undefined;
    const caller = InFlight.#nearest(onStack ?? chain.getStore());
    if (caller !== undefined && this.#isAwaitedBy(caller)) return undefined;
    this.attend(waiting);
    const { promise } = (this.#joined ??= defer<R>());
    if (caller === undefined) return promise;
    this.#isJoinedFromWithin = true;
    caller.#waitFor(this);
    return promise.finally(() => caller.#waitsFor?.delete(this));
  }

  /** Ends it: those who have joined are given what `give` makes, others compute anew from then on. May be done twice. */
  end(give: () => R): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#caller !== undefined) this.#caller.#waitsFor?.delete(this);
    if (this.#isTraced && --traced === 0) chain.disable();
    if (this.#answeredIn !== undefined) untraced--;
    if (this.#leaders.get(this.id) === this) this.#leaders.delete(this.id);
    if (this.#joined !== undefined) this.#joined.settle(give());
    // What the function has begun and goes on, a timer for one, must not keep its value in memory.
    this.#joined = undefined;
  }

  /** A function that calls itself goes on within its own computation, which stays the one that others join. */
  #lead(): void {
    const leader = this.#leaders.get(this.id);
    if (leader === undefined || leader.#answeredIn !== undefined) this.#leaders.set(this.id, this);
  }

  #waitFor(other: InFlight): void {
    (this.#waitsFor ??= new Set()).add(other);
  }

  /** Whether this call waits, over any number of others, for the caller or for what has made that one. */
  #isAwaitedBy(caller: InFlight): boolean {
    const callers = new Set<InFlight>();
    for (let call: InFlight | undefined = caller; call !== undefined; call = call.#caller) callers.add(call);
    const seen = new Set<InFlight>([this]);
    for (const call of seen) {
      if (callers.has(call)) return true;
      for (const next of call.#waitsFor ?? []) seen.add(next);
    }
    return false;
  }
}

/** The call whose function is on the stack. */
let onStack: InFlight | undefined;

/** @returns the one before */
function setOnStack(call: InFlight | undefined): InFlight | undefined {
  const before = onStack;
  onStack = call;
  return before;
}

/**
 * The call whose function runs, over any number of awaits. Up to Node 22 it makes every promise of the process dearer, so it is
 * on only while a traced function runs. It takes a good deal of stack, so a function is traced only where it is known to answer
 * with a promise.
 */
const chain = new AsyncLocalStorage<InFlight | undefined>();

/** How many in-flight calls are traced. */
let traced = 0;

/** How many in-flight calls wait for the promise of a function that is not traced: any caller may be one of those. */
let untraced = 0;

/** Runs a function traced, as a part of the call that is on the stack: for one that may or may not answer with a promise. */
export function traceHere<T>(run: () => T): T {
  return onStack === undefined ? run() : onStack.trace(run);
}

/** Does work that no in-flight call waits for, though one may have caused it. */
export function outsideOfCalls<T>(work: () => T): T {
  return traced === 0 ? work() : chain.run(undefined, work);
}
