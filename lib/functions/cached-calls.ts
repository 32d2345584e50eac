import { answer, answerLater, isResult, valueOf } from '../calls/answer.ts';
import { kindOfRuns } from '../generators/objects.ts';
import type { ItemScope } from '../calls/item-steps.ts';
import type { Result } from '../records/outcome.ts';
import { runAsync } from '../calls/run-async.ts';
import { computeOnly } from '../calls/run-shared.ts';
import { runSync } from '../calls/run-sync.ts';
import type { GeneratorKind, Site, SyncSite, Work } from '../calls/context.ts';
import { partsOfLastKey } from '../keys/digest.ts';
import { CallIds } from './call-ids.ts';
import { CallMarks } from './call-fingerprints.ts';
import { siteOf, type CacheParts } from './function-site.ts';
import type { HeldOptions } from './function-options.ts';
import { generatorFor, type GeneratorCall } from './generators.ts';
import { identify } from './identity.ts';
import { claimIdentity } from './registry.ts';
import type { AnyFunction } from './source.ts';

/** A way to a value: from where it is stored, or computed whatever is stored. */
export type Way = (site: Site, id: string, work: Work) => Result | Promise<Result>;

/** All calls of one function through one cache. Whatever can be decided once for all of them is decided here. */
export class CachedCalls {
  readonly original: AnyFunction;
  readonly site: Site;
  /** The digest of the identity of the function. */
  readonly digest: string;
  readonly #held: HeldOptions;
  readonly #ids: CallIds;
  readonly #marks: CallMarks;
  readonly #isStill = (id: string, { self, args }: Work): boolean => {
    try {
      return this.idOf(self, args) === id;
    } catch {
      return false;
    }
  };

  /** What tells the call of an id from others, as far as its arguments are still those of the id. Never throws. */
  readonly marksOf = (id: string, work: Pick<Work, 'self' | 'args'>): Uint8Array =>
    this.#marks.of(this.#partsOf(id, work) ?? [], this.#ids);

  /** @throws AnonymousFunctionError, AmbiguousFunctionError, UnkeyableError, TypeError */
  constructor(fn: AnyFunction, held: HeldOptions, cache: CacheParts) {
    const { options } = held;
    const identity = identify(fn, options, cache.salt);
    claimIdentity(cache.shared.store.scope, identity);
    this.original = fn;
    this.digest = identity.digest;
    this.#held = held;
    this.site = siteOf(fn, { identity, options }, cache);
    this.#ids = new CallIds(identity, options, cache.shared.tier !== undefined);
    this.#marks = new CallMarks(identity, cache.salt);
  }

  /** Ms. Undefined to follow the cache. Calls of the function in other places follow too, unless `with` says otherwise. */
  setMaxAge(maxAge: number | undefined): void {
    this.site.settings.maxAge = maxAge;
    const { options } = this.#held;
    this.#held.options = { ...options, call: { ...options.call, maxAge } };
  }

  /** What kind of generators the calls give, if any. */
  get generator(): GeneratorKind | undefined {
    return this.site.generator && kindOfRuns(this.site);
  }

  /** The id of a call. @throws UnkeyableError */
  idOf(self: unknown, args: readonly unknown[]): string {
    return this.#ids.of(self, args);
  }

  /** The item of a call. @throws UnkeyableError */
  itemOf(self: unknown, args: readonly unknown[]): ItemScope {
    const toMarks = (id: string): Uint8Array => this.marksOf(id, { self, args });
    return { site: this.site, id: this.idOf(self, args), args, marks: toMarks };
  }

  /** A call, to be made. */
  workOf(self: unknown, args: readonly unknown[]): Work {
    return { fn: this.original as Work['fn'], self, args, isStill: this.#isStill, marks: this.marksOf };
  }

  /** In most cases the key that was made last is that of the call, and need not be made again. */
  #partsOf(id: string, { self, args }: Pick<Work, 'self' | 'args'>): readonly Uint8Array[] | undefined {
    const parts = partsOfLastKey(id);
    if (parts !== undefined) return parts;
    try {
      return this.idOf(self, args) === id ? partsOfLastKey(id) : undefined;
    } catch {
      return undefined;
    }
  }

  /** A call of a generator function, for the functions of `generators.ts`. */
  generatorCall(work: Work): GeneratorCall {
    const opened = (found: Result): void => this.site.counts.add(found);
    return { site: this.site, work: { ...work, opened }, id: () => this.idOf(work.self, work.args) };
  }

  /** What the function would give, from the cache where it is there. */
  run(self: unknown, args: readonly unknown[]): unknown {
    const { site } = this;
    const work = this.workOf(self, args);
    if (site.generator !== undefined) return generatorFor(this.generatorCall(work));
    if (site.settings.mode === 'off') return computeUncached(site, work);
    if (!isSync(site)) return this.goLater(runAsync as Way, work).then(valueOf);
    if (!site.promised) return answer(this.go(runSync as Way, this.idOf(self, args), work));
    try {
      return answerLater(this.go(runSync as Way, this.idOf(self, args), work));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Takes a way, and counts where it led. @throws UnsafeFolderError, and what the function throws */
  go(way: Way, id: string, work: Work): Result | Promise<Result> {
    const { counts } = this.site;
    try {
      const result = way(this.site, id, work);
      if (!isResult(result)) return counts.follow(result);
      counts.add(result);
      return result;
    } catch (error) {
      counts.addError();
      throw error;
    }
  }

  /** As {@link go}, for what answers with promises: a key that is refused is a rejection too. */
  async goLater(way: Way, work: Work): Promise<Result> {
    return this.go(way, this.idOf(work.self, work.args), work);
  }
}

/** The function alone, for a cache that is off. */
export function computeUncached(site: Site, work: Work): unknown {
  return isSync(site) ? computeOnly(work) : computeLater(work);
}

export function isSync(site: Site): site is SyncSite {
  return site.shared.store.kind === 'sync';
}

async function computeLater(work: Work): Promise<unknown> {
  return computeOnly(work);
}
