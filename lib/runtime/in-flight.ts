import { AsyncLocalStorage } from 'node:async_hooks';

import { perScope } from './per-store.ts';
import type { Result } from '../records/outcome.ts';

/** The computations of one set of records that run at this moment in this thread, by id. */
export type Flights = Map<string, Flight>;

/** One computation that runs at this moment. */
export class Flight {
  readonly id: string;
  /** Its result, for callers that join; undefined while a synchronous function is on the stack. */
  result: Promise<Result> | undefined;
  readonly #flights: Flights;
  /** The computation that has called for this one. */
  readonly #parent: Flight | undefined;
  /** The computations that this one waits for. */
  readonly #waitsFor = new Set<Flight>();
  #isJoinedFromWithin = false;
  #landed = false;
  #hasTrail = false;

  /** With `behind`, nobody joins: a value is there to be served meanwhile. */
  constructor(flights: Flights, id: string, behind = false) {
    this.id = id;
    this.#flights = flights;
    this.#parent = Flight.calling();
    // A function that calls itself goes on within its own computation, which stays the one that others join.
    if (!behind && !flights.has(id)) flights.set(id, this);
  }

  /** The computation that has called for this one and waits for it, if there is one. */
  static calling(): Flight | undefined {
    return Flight.#inTheAir(onStack ?? chain.getStore());
  }

  static #inTheAir(flight: Flight | undefined): Flight | undefined {
    let last = flight;
    while (last !== undefined && last.#landed) last = last.#parent;
    return last;
  }

  /** Whether another computation keeps others waiting until this one has ended. */
  get isNeeded(): boolean {
    return this.#isJoinedFromWithin || Flight.#inTheAir(this.#parent) !== undefined;
  }

  /** Does the work as a part of this computation: whatever it calls for, over any number of awaits, knows whom it keeps waiting. */
  within<T>(work: () => T): T {
    if (!this.#hasTrail) trails++;
    this.#hasTrail = true;
    return chain.run(this, () => onStackOf(this, work));
  }

  /** Makes the result known to callers that ask meanwhile, until it is there. */
  share(result: Promise<Result>): Promise<Result> {
    const landed = result.finally(() => {
      this.land();
      if (this.#parent !== undefined) this.#parent.#waitsFor.delete(this);
    });
    this.result = landed;
    if (this.#parent !== undefined) this.#parent.#waitsFor.add(this);
    return landed;
  }

  /** The result of this computation for one who asks from within another, or undefined where waiting would never end. */
  join(): Promise<Result> | undefined {
    const caller = Flight.calling();
    if (this.result === undefined || this.#isAwaitedBy(caller)) return undefined;
    if (caller === undefined) return this.result;
    this.#isJoinedFromWithin = true;
    caller.#waitsFor.add(this);
    return this.result.finally(() => caller.#waitsFor.delete(this));
  }

  /** Ends it; others begin anew from then on. */
  land(): void {
    if (this.#landed) return;
    this.#landed = true;
    // What began in this computation and goes on, a timer for one, must not keep its value in memory.
    this.result = undefined;
    if (this.#hasTrail && --trails === 0) chain.disable();
    if (this.#flights.get(this.id) === this) this.#flights.delete(this.id);
  }

  /** Whether this computation waits, over any number of others, for the caller or for what has called that one. */
  #isAwaitedBy(caller: Flight | undefined): boolean {
    if (caller === undefined) return false;
    const callers = new Set<Flight>();
    for (let flight: Flight | undefined = caller; flight !== undefined; flight = flight.#parent) callers.add(flight);
    const seen = new Set<Flight>([this]);
    for (const flight of seen) {
      if (callers.has(flight)) return true;
      for (const next of flight.#waitsFor) seen.add(next);
    }
    return false;
  }
}

/** The computation that calls at this moment, without an await since. */
let onStack: Flight | undefined;

/**
 * The computation that calls at this moment, over any number of awaits. Up to Node 22 it makes every promise of the process
 * dearer, so it is on only while something is being computed; to turn it on and off takes 2 µs.
 */
const chain = new AsyncLocalStorage<Flight | undefined>();

/** How many computations need the chain. */
let trails = 0;

function onStackOf<T>(flight: Flight | undefined, work: () => T): T {
  const before = onStack;
  onStack = flight;
  try {
    return work();
  } finally {
    onStack = before;
  }
}

/** Does work that belongs to no computation, though one may have caused it. */
export function outsideOfFlights<T>(work: () => T): T {
  const begin = (): T => onStackOf(undefined, work);
  return trails === 0 ? begin() : chain.run(undefined, begin);
}

/** The computations of a store's records, the same for every cache over them. */
export const flightsOf: (scope: string | object) => Flights = perScope(() => new Map());
