/** What is stored of a value: the value itself, or what the option toStored makes of it, and fromStored makes a value again. */

import type { Finding, Outcome } from '../records/outcome.ts';
import { codeText, joinTexts } from '../common/texts.ts';
import { isThenable } from '../common/kind.ts';
import { step, type Steps } from '../runtime/steps.ts';
import type { Pace } from '../limits/account.ts';
import { badCallback } from './callbacks.ts';
import type { CallContext } from './context.ts';

/** What is stored of a value. @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) where toStored fails, or has a call wait that answers at once */
export function* storedForm(
  { settings, name }: CallContext,
  value: unknown,
  { args, pace }: { readonly args: readonly unknown[]; readonly pace: Pace },
): Steps<unknown> {
  const { toStored } = settings;
  if (toStored === undefined) return value;
  try {
    const form: unknown = toStored(value, ...args);
    if (!isThenable(form)) return form;
    if (pace === 'in turns') return yield* step(form);
  } catch (thrown) {
    throw badCallback(`toStored of ${name} failed`, undefined, { cause: thrown });
  }
  throw badCallback(`toStored of ${name} answered with a promise, and its calls answer at once`);
}

/** The value of what is stored. @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) where fromStored fails, or answers with a promise */
export function valueOfStored({ settings, name }: CallContext, form: unknown, args: readonly unknown[]): unknown {
  const { fromStored } = settings;
  if (fromStored === undefined) return form;
  const effect = 'the stored value is not used';
  let value: unknown;
  try {
    value = fromStored(form, ...args);
  } catch (cause) {
    throw badCallback(`fromStored of ${name} failed`, effect, { cause });
  }
  if (isThenable(value)) throw badCallback(`fromStored of ${name} answered with a promise`, effect);
  return value;
}

/** What was found, with the value in the place of what is stored of it. Where there is none, it cannot be used. Never throws. */
export function restored(context: CallContext, found: Finding, args: readonly unknown[]): Finding {
  if (context.settings.fromStored === undefined) return found;
  try {
    if (found.hasValue) return withValue(context, found, args);
    return found.fallback === undefined ? found : { ...found, fallback: withValue(context, found.fallback, args) };
  } catch (error) {
    return { hasValue: false, reason: 'corrupt', error };
  }
}

function withValue(context: CallContext, outcome: Outcome, args: readonly unknown[]): Outcome {
  return { ...outcome, value: valueOfStored(context, outcome.value, args) };
}

/** The text of both options, which counts in the identity of what is stored; undefined where there is none. */
export function textOfForms({ toStored, fromStored }: CallContext['settings']): string | undefined {
  const isAsIs = toStored === undefined && fromStored === undefined;
  return isAsIs ? undefined : joinTexts([toStored, fromStored].map((fn) => fn && codeText(fn)));
}
