/** How a value is shared by the calls that have joined its computation: no two callers ever hold the same object. */

import { Turns } from '../runtime/turns.ts';
import { ownBytes } from '../records/checksum.ts';
import type { Outcome } from '../records/outcome.ts';
import type { Payload } from '../serializers/serializer.ts';
import { valueOfStored } from './stored-form.ts';
import type { CallContext, SharedValue } from './context.ts';

/** How many of those who joined compute at a time what cannot be copied. */
const MOST = 16;

/**
 * A value as it is shared. It is encoded at once, for its caller may change it from now on. Never throws.
 *
 * @param payload its bytes, where they are made already; they may be those of the value itself
 */
export function shareValue(context: CallContext, outcome: Outcome, payload: Payload | undefined): SharedValue {
  const { value } = outcome;
  const { toStored, fromStored } = context.settings;
  const canChange = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const decode = canChange || toStored !== undefined ? decoderOf(context, value, payload) : () => value;
  const isItself = toStored === undefined && fromStored === undefined && hasNoCopies(context);
  const valueFor: SharedValue['valueFor'] = (joined, args) =>
    isItself && hasNoCopies(joined) ? value : valueOfStored(joined, decode(), args);
  return { outcome, valueFor, turns: new Turns(MOST) };
}

function decoderOf({ settings }: CallContext, value: unknown, payload: Payload | undefined): () => unknown {
  const { codec, toStored } = settings;
  try {
    if (payload === undefined && toStored !== undefined) throw new TypeError('Nothing was made to be stored');
    const { encoding, bytes } = payload ?? codec.encode(value);
    const own = ownBytes([bytes]);
    return () => codec.decode(encoding, own);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Whether the option `share` of the memory says that values are never changed. */
function hasNoCopies({ backing }: CallContext): boolean {
  return backing.tier?.shares === true;
}
