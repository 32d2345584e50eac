/** Counts of calls in the store: what their counters are called, how they are read, and how their number is bounded. */

import { isFull } from '../common/errors.ts';
import { COUNTERS_LEASE } from '../common/ids.ts';
import { step, type Steps } from '../runtime/steps.ts';
import {
  isHeld,
  LEASE_TTL,
  type AsyncLease,
  type Counts,
  type HeldLease,
  type Store,
  type SyncLease,
} from '../stores/store.ts';
import { combine, COUNTS, NO_COUNTS, plus, type CallCounts } from './counters.ts';

/** The group of the counters. */
export const CALLS = 'calls';

/** How many functions are told apart. Those of every edited version are other ones, so some day there are too many. */
const MOST_FUNCTIONS = 1000;

/** The counts of one function. */
export interface FunctionCounts extends CallCounts {
  /** Its name; an empty text for items that no function made. */
  readonly name: string;
  /** The first 16 hex characters of the digest of its identity; an empty text for many together, or none. */
  readonly identity: string;
}

/** Counters are whole numbers: times are kept in us. */
const PER_MS = 1000;

function isTime(count: keyof CallCounts): boolean {
  return count.endsWith('Ms');
}

/** Counters by their names: that of the count, the identity and the name of the function. */
export function toCounters(functions: Iterable<FunctionCounts>): Counts {
  const counters = new Map<string, number>();
  for (const { name, identity, ...counts } of functions) {
    for (const count of COUNTS) {
      const number = isTime(count) ? Math.round(counts[count] * PER_MS) : counts[count];
      const counter = `${count}:${identity}:${name}`;
      if (number !== 0) counters.set(counter, (counters.get(counter) ?? 0) + number);
    }
  }
  return Object.fromEntries(counters);
}

/** The counts of functions; those that come to nothing, and counters of other names, are left out. */
export function toFunctions(counters: Counts): FunctionCounts[] {
  const byFunction = new Map<string, FunctionCounts>();
  for (const [counter, number] of Object.entries(counters)) {
    const [count, identity = '', ...rest] = counter.split(':') as [keyof CallCounts, ...string[]];
    if (!COUNTS.includes(count) || number === 0) continue;
    const name = rest.join(':');
    const known = byFunction.get(`${identity}:${name}`) ?? { name, identity, ...NO_COUNTS };
    byFunction.set(`${identity}:${name}`, { ...known, [count]: isTime(count) ? number / PER_MS : number });
  }
  return [...byFunction.values()];
}

/** The counts of each name and identity once. */
export function sumUp(all: Iterable<FunctionCounts>): FunctionCounts[] {
  const sums = new Map<string, FunctionCounts>();
  for (const counts of all) {
    const { name, identity } = counts;
    const key = `${identity}:${name}`;
    sums.set(key, { name, identity, ...plus(sums.get(key) ?? NO_COUNTS, counts) });
  }
  return [...sums.values()];
}

/** What all threads have counted and written. @throws StoreError */
export function* readCalls(store: Store): Steps<FunctionCounts[]> {
  return toFunctions(yield* step<Counts>(store.counters.read(CALLS)));
}

/**
 * Where too many functions are told apart, those with the fewest calls lose their identity, and are counted
 * together with others of their name. Not while another process does that, or the disk is full.
 *
 * @throws StoreError
 */
export function* boundCalls(store: Store): Steps<void> {
  if ((yield* readCalls(store)).length <= MOST_FUNCTIONS) return;
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(COUNTERS_LEASE, LEASE_TTL));
  if (isHeld(lease)) return;
  try {
    const functions = yield* readCalls(store);
    const byCalls = functions.toSorted((one, other) => other.hits + other.misses - (one.hits + one.misses));
    const rare = byCalls.slice(MOST_FUNCTIONS / 2).filter(({ identity }) => identity !== '');
    if (functions.length <= MOST_FUNCTIONS) return;
    const removed = rare.map((counts) => ({ ...counts, ...combine((count) => -counts[count]) }));
    const named = rare.map((counts) => ({ ...counts, identity: '' }));
    yield* step<void>(store.counters.add(CALLS, toCounters([...removed, ...named])));
  } catch (error) {
    if (!isFull(error)) throw error;
  } finally {
    yield* step<void>(lease.release());
  }
}
