import type { Limits } from '../options/limits.ts';
import type { StoreEntry } from '../stores/store.ts';
import { Candidates, MOST } from './candidates.ts';
import {
  add,
  type Change,
  type Flow,
  flowOf,
  isStill,
  Listing,
  minus,
  NO_FLOW,
  NOTHING,
  plus,
  subtract,
  type Totals,
} from './listing.ts';

/** A listing happens at most once in so many saves and evictions, as a part of what it goes over. */
const LISTING_SHARE = 1 / 16;

/** How far the counters may stand over what this process knows by itself, as a part of the limits. */
const DOUBT_SHARE = 0.1;

/** An own change that is being added to the counters, and when. */
export interface Recording extends Flow {
  readonly listings: number;
}

/**
 * How full a cache with limits is, as far as this cache object knows, and what goes next.
 *
 * All processes add what they change to counters that the store keeps. What was added and not answered yet is added here, and
 * what is about to go is taken off, so that several saves at once in one process do not evict several times for one reason. The
 * counters may be off: files were removed, or saved without limits. So nothing goes before this process has made a listing, and
 * another one is made when the counters and what it knows by itself come apart.
 *
 * Over a store without counters each process goes by its own listing, and by what it has changed since.
 */
export class Usage {
  readonly #limits: Limits;
  /** What all have counted together, as the store said last; undefined before anything is known. */
  #counted: Totals | undefined;
  /** Own changes that the counters do not have yet. */
  #unrecorded = NO_FLOW;
  /** Own changes that are being added to them. */
  #recording = NO_FLOW;
  /** All own changes that were added to them. */
  #recorded = NO_FLOW;
  /** What is about to go. */
  #leaving = NOTHING;
  /** The totals of the last listing, with the own changes since. */
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

  get limits(): Limits {
    return this.#limits;
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
    const entries = this.#counted.entries + this.#unrecorded.entries + this.#recording.entries - this.#leaving.entries;
    const bytes = this.#counted.bytes + this.#unrecorded.bytes + this.#recording.bytes - this.#leaving.bytes;
    return entries > maxEntries || bytes > maxBytes;
  }

  /** Whether the counters say that there is far more than this process would think. */
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

  get hasUnrecorded(): boolean {
    return !isStill(this.#unrecorded);
  }

  /** All own changes that the counters have. */
  get recorded(): Flow {
    return this.#recorded;
  }

  /** Something was saved or removed here. */
  change(change: Change): void {
    this.#unrecorded = plus(this.#unrecorded, flowOf(change));
    this.#own = add(this.#own, change);
    this.#patience--;
    for (const listing of this.#underWay) listing.change(change);
  }

  /** Takes the next one to go off the totals, until it is released. */
  claim(): StoreEntry | undefined {
    const candidate = this.#candidates.pop();
    if (candidate === undefined) return undefined;
    this.#patience--;
    this.#leaving = add(this.#leaving, { entries: 1, bytes: candidate.size });
    return candidate;
  }

  /** It went, which is a change of its own, or stayed. */
  release({ size }: StoreEntry): void {
    this.#leaving = subtract(this.#leaving, { entries: 1, bytes: size });
  }

  /** What is to be added to the counters now. */
  beginRecording(): Recording {
    const change = this.#unrecorded;
    this.#unrecorded = NO_FLOW;
    this.#recording = plus(this.#recording, change);
    return { ...change, listings: this.#listings };
  }

  /** It could not be added. */
  cancelRecording(change: Recording): void {
    this.#recording = minus(this.#recording, change);
    this.#unrecorded = plus(this.#unrecorded, change);
  }

  /** It was added, and the counters answered; undefined where they gave no answer. Older answers than the last listing say nothing. */
  endRecording(change: Recording, answer: Totals | undefined): void {
    this.#recording = minus(this.#recording, change);
    this.#recorded = plus(this.#recorded, change);
    if (change.listings === this.#listings) this.#counted = answer ?? (this.#counted && add(this.#counted, change));
  }

  /** The counters were corrected. */
  correct(counted: Totals): void {
    this.#listings++;
    this.#counted = counted;
  }

  /** Begins a listing; `isLong` where anything can happen before its end. */
  begin(isLong: boolean): Listing {
    const listing = new Listing(isLong);
    this.#underWay.add(listing);
    return listing;
  }

  /** A listing has come to its end, or is given up. */
  abandon(listing: Listing): void {
    this.#underWay.delete(listing);
  }

  /** Goes by what a listing has found, with all own changes; by that alone where there are no counters. */
  end(listing: Listing, hasCounters: boolean): void {
    this.#underWay.delete(listing);
    listing.end();
    const { entries, bytes, chunks } = listing;
    this.#candidates = listing.candidates;
    this.#hasChunks = chunks > 0;
    this.#own = { entries, bytes };
    this.#patience = Math.min(MOST / 4, LISTING_SHARE * (entries + chunks));
    if (hasCounters) return;
    this.#unrecorded = NO_FLOW;
    this.correct(this.#own);
  }
}
