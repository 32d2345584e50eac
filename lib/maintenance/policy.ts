/**
 * What goes, and why: pure decisions over a head, a last use and a time. Nothing here touches a store.
 *
 * The one rule: **a record has expired when it has ended for its reader; where the one who prunes is not its reader, when it
 * has ended by itself.** For a reader a record ends its `maxAge` after the save, and the time later for which that reader
 * serves stale values. By itself it ends when its writer has said: the writer's own maxAge and stale time, or the lifetime
 * that it was saved with, which ends it for every reader too.
 *
 * | who prunes | `by` | expired | corrupt | reads |
 * | --- | --- | --- | --- | --- |
 * | `cache.prune()` | `cache` | by the maxAge of the cache; by itself where its function has a maxAge of its own | at once | records |
 * | `fn.cache.prune()` | `function` | by the maxAge of the function; others' records stay | at once, of this function | records |
 * | the automatic clean-up | `schedule` | as for the cache **and** by itself: other programs may have other ages | when not used for a day and for maxAge | heads |
 * | `inspector.prune()`, `tempcache prune` | `inspector` | by itself | at once | records |
 *
 * For all of them: expired is also what was saved `olderThan` ago, unused what was not used for `unusedFor`, where that is
 * asked for, superseded what `versions.ts` says, a day after its last use where that is asked for, and a week after it for the automatic
 * clean-up; over a limit is what `limits/evict.ts` says; a leftover is a chunk that no run uses a day after it was saved.
 */

import { type Ages, ageOf, isOutdated, isPastItsOwnEnd, isWithinGrace, type Lifetime } from '../records/freshness.ts';

/** Ms. A chunk may wait so long for its run to end; a corrupt record of another version may be of use to that for as long. */
export const DAY = 86_400_000;

/** Ms since its last use, after which the automatic clean-up removes what is superseded. */
export const SUPERSEDED_BY_ITSELF: number = 7 * DAY;

/** Who prunes. The grace is the time past maxAge for which values are served stale. */
export type Pruner =
  | ({ readonly by: 'cache' | 'schedule' } & Ages)
  /** `identity`: the first 16 hex characters of the digest of the function's identity. */
  | ({ readonly by: 'function'; readonly identity: string } & Ages)
  | { readonly by: 'inspector' };

/** What is pruned. */
export interface Policy {
  readonly pruner: Pruner;
  /** Ms since the save after which entries go, even where their own end is later. Default: no age. */
  readonly olderThan?: number;
  /** Ms since the last use after which entries go. Default: no age. */
  readonly unusedFor?: number;
  /** Which entries go of which the same function has other code by now. Default: none. */
  readonly superseded?: SupersededTerms;
}

/** Which versions of functions go, of those that are superseded. */
export interface SupersededTerms {
  /** Ms since their last use. */
  readonly unusedFor: number;
  /** How many of a function stay, those that were used last, of which the others go however lately they were used. Default: all. */
  readonly keep?: number;
}

/** What is to be done about a record. */
export type Verdict = 'good' | 'expired' | 'unused' | 'superseded' | 'corrupt' | 'leftovers';

/** Whether a record has expired, by the rule above. `now` is in ms since the epoch. */
export function hasExpired(head: Lifetime, pruner: Pruner, now: number): boolean {
  switch (pruner.by) {
    case 'cache':
      return isOutdated(head, pruner, now);
    case 'function':
      return !isWithinGrace(head, pruner, now);
    case 'schedule':
      return isOutdated(head, pruner, now) && isPastItsOwnEnd(head, now);
    case 'inspector':
      return isPastItsOwnEnd(head, now);
  }
}

/** Whether a record is among those that are pruned. */
export function isAskedFor({ identity }: { readonly identity: string }, pruner: Pruner): boolean {
  return pruner.by !== 'function' || pruner.identity === identity;
}

/** Whether the payload of a record with a good head is checked for damage. */
export function readsRecords({ pruner }: Policy): boolean {
  return pruner.by !== 'schedule';
}

/** What is to be done about an entry with a good head. `lastUsedAt` and `now` are in ms since the epoch. */
export function judgeEntry(
  { head, lastUsedAt }: { readonly head: Lifetime; readonly lastUsedAt: number },
  { pruner, olderThan = Infinity, unusedFor = Infinity }: Policy,
  now: number,
): 'good' | 'expired' | 'unused' {
  if (hasExpired(head, pruner, now) || isSoLongAgo(head.createdAt, olderThan, now)) return 'expired';
  return isSoLongAgo(lastUsedAt, unusedFor, now) ? 'unused' : 'good';
}

/** Whether a record goes whose head is corrupt: it does not say whose it is. */
export function mayGoUnread(lastUsedAt: number, { pruner }: Policy, now: number): boolean {
  if (pruner.by === 'schedule') return isSoLongAgo(lastUsedAt, Math.max(DAY, (pruner.maxAge ?? 0) + pruner.grace), now);
  return pruner.by !== 'function';
}

/** Whether a chunk is so old that it goes unless a run uses it: the run is stored when its consumer has come to its end. */
export function isOldChunk(head: Pick<Lifetime, 'createdAt'>, now: number): boolean {
  return ageOf(head, now) > DAY;
}

/**
 * Whether a time is at least so many ms ago, both times in ms since the epoch. Stores keep times in parts of a millisecond;
 * and a clock that is a little slow makes nothing younger than new.
 */
export function isSoLongAgo(time: number, duration: number, now: number): boolean {
  return ageOf({ createdAt: Math.floor(time) }, now) >= duration;
}
