/** What the options fromStored, validate and cacheErrors say of what was found: asked only where one of them is given. */

import type { Finding, Outcome } from '../records/outcome.ts';
import { carryOutHere, carryOutSync, step, type Steps } from '../runtime/steps.ts';
import { isThenable } from '../common/kind.ts';
import { Manifest } from '../runs/manifest.ts';
import { keptFailure } from './failures.ts';
import { observeFailure } from './observe.ts';
import { badCallback } from './callbacks.ts';
import { restored } from './stored-form.ts';
import type { CallContext } from './context.ts';

/** What a call with these arguments has found. */
interface Found<F> {
  readonly found: F;
  readonly args: readonly unknown[];
}

/** In a promise wherever the call answers with one, so that a validator may too. */
export function examine(
  context: CallContext,
  id: string,
  { found, args }: Found<Finding | Promise<Finding>>,
): Finding | Promise<Finding> {
  if (!('hasValue' in found)) return found.then((later) => carryOutHere(examined(context, id, { found: later, args })));
  const canWait = context.promised || context.backing.store.kind === 'async' || (found.hasValue && found.promised);
  const steps = examined(context, id, { found, args });
  return canWait ? carryOutHere(steps) : carryOutSync(steps);
}

/** The same in steps. */
export function* examined(context: CallContext, id: string, { found: stored, args }: Found<Finding>): Steps<Finding> {
  const { validate, cacheErrors } = context.settings;
  const found = restored(context, stored, args);
  const judged = validate === undefined ? found : yield* validated(context, id, found);
  if (cacheErrors === undefined || judged.hasValue || judged.unreadable === true) return judged;
  const failure = yield* keptFailure(context, id);
  if (failure === undefined) return judged;
  return judged.fallback ?? { ...judged, failure };
}

/** Without a value that is not good: it is neither served nor stands in. */
export function* validated(context: CallContext, id: string, found: Finding): Steps<Finding> {
  const outcome = found.hasValue ? found : found.fallback;
  const fault = outcome && (yield* faultOf(context, outcome));
  if (fault === undefined) return found;
  if (fault.state !== 'refused') observeFailure(context, 'readFailed', { id, error: fault.error });
  if (!found.hasValue) return { ...found, fallback: undefined };
  return { hasValue: false, reason: 'invalid', error: fault.error, savedAt: savedAt(found) };
}

/** When a stored value was saved, ms since the epoch. */
export function savedAt({ foundAt = 0, age }: Outcome): number {
  return foundAt - age;
}

/** Why a value is not used. */
interface Fault {
  /** `'late'`: the validator answered with a promise, and there is no time to wait for it. */
  readonly state: 'refused' | 'failed' | 'late';
  readonly error: unknown;
}

/** What is wrong with a value, of a run with what its generator returned. A validator that fails has not said that it is good. */
export function* faultOf({ settings, name }: CallContext, { value }: Outcome): Steps<Fault | undefined> {
  let state: Fault['state'] = 'failed';
  try {
    const fault = yield* step(settings.validate?.(value instanceof Manifest ? value.value : value));
    if (isThenable(fault)) {
      state = 'late';
      throw new TypeError('It answered with a promise, and this call answers at once');
    }
    return fault === undefined ? undefined : { state: 'refused', error: fault };
  } catch (cause) {
    return { state, error: badCallback(`validate of ${name} failed`, 'the stored value is not used', { cause }) };
  }
}
