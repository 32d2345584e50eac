import process from 'node:process';
import { performance } from 'node:perf_hooks';
import { isNativeError } from 'node:util/types';

import type { CallContext } from '../calls/context.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../keys/digest.ts';
import type { CapturesRule } from '../options/dependencies.ts';
import { IDENTITY_LENGTH } from '../records/layout.ts';
import type { Clock } from '../records/freshness.ts';
import { readGraph, type Graph } from './captures/graph.ts';
import { changedBetween, warnOfChange, warnOnce } from './captures/warnings.ts';
import type { GraphOptions, PastValue } from './captures/walk.ts';
import { readerOfThread, whyBlind } from './captures/thread-reader.ts';
import type { CheckedOptions } from './function-options.ts';
import type { Identity } from './identity.ts';
import { originalOf } from './originals.ts';
import { claimIdentity } from './registry.ts';
import { claimGraph } from './twins.ts';
import type { AnyFunction } from './source.ts';

/** Ms between two readings on hits, and how many times what a reading took. */
const INTERVAL = 1000;
const SHARE = 100;
/** Earlier moments that are kept, for explanations. */
const MAX_PAST = 8;

/** Which function it is at a moment. */
export interface Moment {
  /** The digest of all that counts. */
  readonly digest: string;
  /** Why its calls go without the cache; undefined where they do not. */
  readonly refusal: string | undefined;
  readonly graph: Graph | undefined;
}

/** What an identity goes by. */
export interface LiveTerms {
  readonly fn: AnyFunction;
  readonly identity: Identity;
  readonly options: CheckedOptions;
  readonly rule: CapturesRule;
  readonly scope: string | object;
  readonly clock: Clock;
  /** Whether the cache is off, so that nothing has to be known. */
  readonly isOff: boolean;
}

/** Whether what functions capture is hidden under a rule, or in this runtime. */
export function isBlind({ mode }: CapturesRule): boolean {
  return mode === 'off' || whyBlind() !== undefined;
}

/** The identity of a function as its captures change. */
export class LiveIdentity {
  readonly #terms: LiveTerms;
  readonly #roots: readonly AnyFunction[];
  readonly #graphOptions: GraphOptions;
  #now: Moment | undefined;
  /** Ms by the clock: until when hits go by what was read. */
  #until = -Infinity;
  #readAt = Infinity;
  /** What was captured at earlier moments, by the beginning of the identity; the latest come last. */
  readonly #past = new Map<string, readonly PastValue[]>();

  /** @throws AmbiguousFunctionError where nothing shows what functions capture */
  constructor(terms: LiveTerms) {
    const { fn, identity, options, rule, scope, isOff } = terms;
    this.#terms = terms;
    this.#graphOptions = {
      code: options.version === undefined,
      values: rule.mode === 'auto',
      ignore: new Set(rule.ignore),
    };
    const others = [
      ...(options.key === undefined ? [] : [options.key as AnyFunction]),
      ...(options.deps?.functions ?? []),
    ];
    this.#roots = [fn, ...others].map((one) => originalOf(one) ?? one);
    if (!isBlind(rule) && !isOff) return;
    if (isBlind(rule)) claimIdentity(scope, identity);
    this.#now = { digest: identity.digest, refusal: undefined, graph: undefined };
    this.#until = Infinity;
    this.#readAt = -Infinity;
  }

  /** Which function it is, as far as a hit goes: at most as long ago as the interval. */
  get now(): Moment {
    const time = this.#until === Infinity ? 0 : this.#terms.clock();
    if (this.#now !== undefined && time < this.#until && time >= this.#readAt) return this.#now;
    return this.read();
  }

  /** Which function it is at this moment. Never throws. */
  read(): Moment {
    if (this.#until === Infinity) return this.#now as Moment;
    const { clock } = this.#terms;
    const startedAt = performance.now();
    const reader = readerOfThread();
    let failure: unknown;
    const onFailure = (error: unknown): unknown => (failure = error);
    const options = { ...this.#graphOptions, before: this.#now?.graph, onFailure };
    const graph = reader && readGraph(reader, this.#roots, options);
    const time = clock();
    if (graph === undefined) return this.#unread(failure);
    this.#readAt = time;
    this.#until = time + Math.max(INTERVAL, SHARE * (performance.now() - startedAt));
    const before = this.#now;
    const own = this.#digestOf(graph);
    if (before?.graph !== undefined && before.digest === own && before.refusal === undefined) return before;
    if (before !== undefined) this.#keepPast(before);
    return (this.#now = this.#claim(own, graph));
  }

  #unread(failure: unknown): Moment {
    const { fn, identity } = this.#terms;
    // Near the end of the stack the reader has given no reason.
    const why = isNativeError(failure) ? ` (${failure.message})` : '';
    warnOnce(fn, `What "${identity.name}" captures could not be read${why}, and the call went without the cache`);
    return { digest: identity.digest, refusal: `what the function captures could not be read${why}`, graph: undefined };
  }

  /** What numbers, booleans and short texts were when the identity began like this; undefined where that was not in this process. */
  pastOf(identity: string): readonly PastValue[] | undefined {
    return this.#past.get(identity);
  }

  #keepPast({ digest, graph }: Moment): void {
    const values = graph?.captures.filter(({ value }) => value !== undefined) ?? [];
    const [oldest] = this.#past.size < MAX_PAST ? [] : this.#past.keys();
    if (oldest !== undefined) this.#past.delete(oldest);
    this.#past.set(
      digest.slice(0, IDENTITY_LENGTH),
      values.map(({ of, name, value }) => ({ of, name, value })),
    );
  }

  /** Whether it is the same at two moments, between which a promise was pending; where it is not, the process is warned of it. */
  isSame(before: Moment, now: Moment): boolean {
    const { fn, identity } = this.#terms;
    if (before !== now) warnOfChange({ fn, name: identity.name }, before.graph, now.graph);
    return before === now;
  }

  #claim(digest: string, graph: Graph): Moment {
    const { fn, identity, options, scope } = this.#terms;
    const vouched = options.sameEverywhere || options.deps !== undefined;
    const refusal = vouched ? undefined : claimGraph(scope, { digest, graph, fn, identity });
    if (refusal === undefined) return { digest, refusal, graph };
    if (refusal !== '') warnOnce(fn, refusal);
    // Its items are those of no other function.
    return { digest: `${digest} ${process.pid} ${Math.random()}`, refusal, graph };
  }

  #digestOf({ digest }: Graph): string {
    const { mode } = this.#terms.rule;
    return idOfValue(keyPrefix(DOMAIN.identity, 'live'), [this.#terms.identity.digest, mode, digest], {
      root: 'identity',
    });
  }
}

/** Says that a function captures something else than before. */
export function observeCaptures(
  { settings: { events }, name }: CallContext,
  before: Graph | undefined,
  after: Graph | undefined,
): void {
  if (before === undefined || after === undefined || !events.wants('captures')) return;
  const changed = changedBetween(before, after).map(({ of, name: variable }) => `${of}: ${variable}`);
  events.emit({ type: 'captures', id: '', name, changed });
}
