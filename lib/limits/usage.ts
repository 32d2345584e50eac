import type { Limits } from '../options/limits.ts';
import type { StoreEntry, Totals } from '../stores/store.ts';
import { Candidates, MOST } from './candidates.ts';
import { Listing, type Change } from './listing.ts';

const NOTHING: Totals = { entries: 0, bytes: 0 };

/** A listing happens at most once in so many saves and evictions, as a part of what it goes over. */
const LISTING_SHARE = 1 / 16;

/** How far the count of all may stand over what this process knows by itself, as a part of the limits. */
const DOUBT_SHARE = 0.1;

/** What was added to the count, and when. */
export interface Told extends Totals {
  readonly listings: number;
}

/**
 * How full a cache with limits is, as far as this cache object knows, and what goes next.
 *
 * All processes add what they change to a count that the store keeps, see `count` of a store. What was added and not answered
 * yet is added here, and what is about to go is taken off, so that several saves at once in one process do not evict several
 * times for one reason. The count may be off: somebody removed files, or saved without limits. So nothing goes before a listing
 * was made, which gives exact sums, and another one is made when the count and what this process knows by itself come apart.
 */
export class Ledger {
  readonly #limits: Limits;
  /** What all have counted together, as the store said last; undefined before anything is known. */
  #counted: Totals | undefined;
  /** Own changes that the count has not been told. */
  #untold = NOTHING;
  /** Own changes that it was told and has not answered. */
  #told = NOTHING;
  /** What is about to go. */
  #going = NOTHING;
  /** The sums of the last listing, with the own changes since. */
  #own = NOTHING;
  #candidates = new Candidates();
  #hasChunks = false;
  /** Saves and evictions until it is worth another listing. */
  #patience = 0;
  #listings = 0;
  readonly #underWay = new Set<Listing>();
  /** How many are busy with evicting at this moment. */
  busy = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether any candidate may be the run of a generator that has chunks. */
  get hasChunks(): boolean {
    return this.#hasChunks;
  }

  /** What goes next, if it was not used since. */
  get candidates(): Candidates {
    return this.#candidates;
  }

  get isOver(): boolean {
    if (this.#counted === undefined) return false;
    const { maxEntries, maxBytes } = this.#limits;
    const entries = this.#counted.entries + this.#untold.entries + this.#told.entries - this.#going.entries;
    const bytes = this.#counted.bytes + this.#untold.bytes + this.#told.bytes - this.#going.bytes;
    return entries > maxEntries || bytes > maxBytes;
  }

  /** Whether the count says that there is far more than this process would think. */
  get isDoubtful(): boolean {
    const { maxEntries, maxBytes } = this.#limits;
    const share = 1 - DOUBT_SHARE;
    return this.#own.entries < share * maxEntries && this.#own.bytes < share * maxBytes;
  }

  /** Whether enough was done since the last listing. */
  get mayList(): boolean {
    return this.#patience <= 0;
  }

  get isListing(): boolean {
    return this.#underWay.size > 0;
  }

  get hasUntold(): boolean {
    return this.#untold.entries !== 0 || this.#untold.bytes !== 0;
  }

  /** Something was saved or removed here. */
  change(change: Change): void {
    this.#untold = add(this.#untold, change);
    this.#own = add(this.#own, change);
    this.#patience--;
    for (const listing of this.#underWay) listing.change(change);
  }

  /** Takes the next one to go off the sums, until it is known whether it went. */
  claim(): StoreEntry | undefined {
    const candidate = this.#candidates.pop();
    if (candidate === undefined) return undefined;
    this.#patience--;
    this.#going = add(this.#going, { entries: 1, bytes: candidate.size });
    return candidate;
  }

  /** It went, which is a change of its own, or stayed. */
  settle({ size }: StoreEntry): void {
    this.#going = subtract(this.#going, { entries: 1, bytes: size });
  }

  /** Takes what the count is to be told now. */
  tell(): Told {
    const change = this.#untold;
    this.#untold = NOTHING;
    this.#told = add(this.#told, change);
    return { ...change, listings: this.#listings };
  }

  /** Notes what the count answered; undefined where it gave no answer. Older answers than the last listing say nothing. */
  answered(change: Told, answer: Totals | undefined): void {
    this.#told = subtract(this.#told, change);
    if (change.listings === this.#listings) this.#counted = answer ?? (this.#counted && add(this.#counted, change));
  }

  /** Begins a listing; `isLong` where anything can happen before its end. */
  begin(isLong: boolean): Listing {
    const listing = new Listing(isLong);
    this.#underWay.add(listing);
    return listing;
  }

  /** A listing did not come to its end. */
  abandon(listing: Listing): void {
    this.#underWay.delete(listing);
  }

  /** Takes what a listing has found, and gives the sums. All own changes are in it. */
  end(listing: Listing): Totals {
    this.#underWay.delete(listing);
    listing.end();
    const { entries, bytes, chunks } = listing;
    this.#listings++;
    this.#candidates = listing.candidates;
    this.#hasChunks = chunks > 0;
    this.#counted = { entries, bytes };
    this.#untold = NOTHING;
    this.#own = this.#counted;
    this.#patience = Math.min(MOST / 4, LISTING_SHARE * (entries + chunks));
    return this.#counted;
  }
}

function add(a: Totals, b: Totals): Totals {
  return { entries: a.entries + b.entries, bytes: a.bytes + b.bytes };
}

function subtract(a: Totals, b: Totals): Totals {
  return { entries: a.entries - b.entries, bytes: a.bytes - b.bytes };
}
