/** The calls of generator functions. */

import { types } from 'node:util';

import { toGenerator, kindOfRuns } from '../generators/objects.ts';
import { drain } from '../generators/refresh.ts';
import { GeneratorRun, loadRunPart } from '../generators/run.ts';
import type { AnyGenerator } from '../generators/live-run.ts';
import { computed, type CallStatus } from '../records/outcome.ts';
import type { Call, CallContext, GeneratorKind } from '../calls/context.ts';
import { observe, observeError } from '../calls/observe.ts';
import { isReady } from '../calls/ready.ts';
import { carryOutAsync, carryOutSync, type Steps } from '../runtime/steps.ts';
import { invalidArgument } from '../common/errors.ts';
import type { CallSettings } from '../calls/settings.ts';
import type { MissReason } from '../common/events.ts';
import { generatorOfCached } from './originals.ts';
import type { AnyFunction } from './source.ts';

/** One call of a generator function. */
export interface GeneratorCall {
  readonly context: CallContext;
  readonly call: Call;
  /** Makes the id. @throws UnkeyableError */
  readonly id: () => string;
}

/** A run, and how it was found. */
export interface OpenedRun {
  readonly value: AnyGenerator;
  /** `'miss'` for one that is going to be computed. */
  readonly status: CallStatus;
  /** Why it is going to be computed. */
  readonly reason: MissReason | undefined;
  /** Ms since it was saved. */
  readonly age: number;
  readonly id: string;
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for an option that does not fit generators */
export function refuseForGenerators(name: string, { cacheErrors, toStored, fromStored }: Partial<CallSettings>): void {
  if (cacheErrors !== undefined) {
    throw invalidArgument(`cacheErrors does not fit the generator ${name}: its failures are not kept`);
  }
  if ((toStored ?? fromStored) === undefined) return;
  throw invalidArgument(`toStored and fromStored do not fit the generator ${name}: its items are stored one by one`);
}

/** What kind of generator a function makes, if any: a cached function makes what it was seen to make when it was wrapped. */
export function generatorKindOf(fn: AnyFunction): GeneratorKind | undefined {
  const known = generatorOfCached(fn);
  if (known !== undefined || !types.isGeneratorFunction(fn)) return known;
  return types.isAsyncFunction(fn) ? 'async' : 'sync';
}

/**
 * The generator of a call. The key is made at the call, so one that is refused throws at once, or is what the first
 * `next()` of an asynchronous generator rejects with. Nothing else happens before the first `next()`.
 *
 * @throws UnkeyableError
 */
export function generatorFor(call: GeneratorCall): AnyGenerator {
  const kind = kindOfRuns(call.context);
  if (!isReady(call.context, '', () => loadRunPart())) return ownGenerator(kind, call.call);
  try {
    return toGenerator(kind, makeRun(call).run);
  } catch (error) {
    if (kind === 'sync') throw error;
    return failing(error);
  }
}

/** As {@link generatorFor}, but looks at once whether the run is stored. @throws UnkeyableError */
export function openedRun(call: GeneratorCall): OpenedRun | Promise<OpenedRun> {
  return carryOutAs(kindOfRuns(call.context), open(call));
}

/**
 * Computes the run to its end and stores it, whatever is stored.
 *
 * @throws what the generator throws; UnkeyableError
 */
export function refreshedRun(call: GeneratorCall): void | Promise<void> {
  return carryOutAs(kindOfRuns(call.context), refresh(call));
}

function* open(call: GeneratorCall): Steps<OpenedRun> {
  const { id, run } = makeRun(call);
  const { status, reason, age } = yield* run.open();
  return { value: toGenerator(kindOfRuns(call.context), run), status, reason, age, id };
}

function* refresh({ context, call, id }: GeneratorCall): Steps<void> {
  const made = context.settings.mode === 'off' ? '' : id();
  try {
    yield* drain(context, made, call);
  } catch (error) {
    observeError(context, error);
  }
  // Its computing time is counted already.
  observe(context, made, computed(undefined, { promised: false, computeMs: 0, reason: 'refresh' }));
}

/** A cache that is off touches nothing, and needs no key. */
function makeRun({ context, call, id }: GeneratorCall): { readonly id: string; readonly run: GeneratorRun } {
  if (context.settings.mode === 'off')
    return { id: '', run: new GeneratorRun(context, '', { ...call, caller: undefined }) };
  const made = id();
  return { id: made, run: new GeneratorRun(context, made, call) };
}

function carryOutAs<T>(kind: GeneratorKind, steps: Steps<T>): T | Promise<T> {
  return kind === 'sync' ? carryOutSync(steps) : carryOutAsync(steps);
}

/** What the function makes, as the generator of a call: nothing is looked up and nothing stored. */
function ownGenerator(kind: GeneratorKind, { fn, self, args }: Call): AnyGenerator {
  const make = (): AnyGenerator => Reflect.apply(fn, self, args) as AnyGenerator;
  return kind === 'sync' ? make() : laterOf(make);
}

async function* laterOf(make: () => AnyGenerator): AsyncGenerator<unknown, unknown> {
  return yield* make();
}

// oxlint-disable-next-line require-yield
async function* failing(error: unknown): AsyncGenerator<unknown, unknown> {
  throw error;
}
