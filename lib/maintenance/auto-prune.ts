/** The prune that nobody asks for: behind the saves of a process that lives long enough, one for all processes. */

import { isOutdated, isPastItsOwnEnd } from '../records/freshness.ts';
import { cleanUp } from './prune.ts';
import { pruneEntries, type PruneTerms } from './prune-entries.ts';
import { claim, readMark, timeToPrune, writeMark } from './prune-mark.ts';
import type { Settings } from '../calls/settings.ts';
import type { Backing } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Ms between two prunes, at most. */
const LONGEST = 3_600_000;

/** Ms for which others leave it to one that has begun: it may have died. */
const HEAD_START = 60_000;

/** A prune rests so many times as long as it took. */
const RESTS = 10;

/** Ms after which a record that cannot be read goes, when nobody has used it: one of another version may be of use to that. */
const DAY = 86_400_000;

/** Ms that a store is asked to sweep at a time. */
const SWEEP = 2;

/** Ms between two prunes for a cache with these settings. */
function intervalOf({ maxAge }: Settings): number {
  return Math.min(maxAge / 10, LONGEST);
}

/**
 * Prunes a cache that has saved a record, unless it was done lately; ms until it is worth while to look again, or undefined
 * where nothing is left.
 *
 * @throws what the store throws
 */
export function* pruneIfDue(backing: Backing, id: string): Steps<number | undefined> {
  const { store, base } = backing;
  const interval = intervalOf(base);
  const begunAt = base.clock();
  const mark = yield* readMark(store);
  const wait = timeToPrune(mark, { interval, now: begunAt });
  if (wait > 0) return wait;
  // To claim it would make the folder again that somebody has removed.
  if (mark === undefined && (yield* step(store.stat(id))) === undefined) return undefined;
  const claimed = yield* claim(store, { begunAt, restUntil: begunAt + HEAD_START }, interval);
  return claimed ? yield* pruneLightly(backing, { begunAt, interval }) : interval;
}

interface Turn {
  readonly begunAt: number;
  readonly interval: number;
}

function* pruneLightly(backing: Backing, { begunAt, interval }: Turn): Steps<number | undefined> {
  const { store, base } = backing;
  const began = performance.now();
  const pruned = yield* pruneEntries(backing, lightTerms(base));
  yield* cleanUp(backing, base, { pruned, ms: SWEEP });
  const took = performance.now() - began;
  const rest = Math.min(Math.max(interval, took * RESTS), LONGEST);
  yield* writeMark(store, { begunAt, restUntil: begunAt + rest });
  return pruned.left === 0 ? undefined : rest;
}

/** Heads alone are read. What is past its end for this cache may not be so for the one that wrote it: both must say so. */
function lightTerms({ clock, maxAge, grace }: Settings): PruneTerms {
  const unused = Math.max(DAY, maxAge + grace);
  return {
    clock,
    headsAlone: true,
    isOld: (head) => isPastItsOwnEnd(head, clock()) && isOutdated(head, maxAge + grace, clock()),
    isLost: ({ lastUsedAt }) => clock() - lastUsedAt > unused,
  };
}
