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
  const turns = new Turns(MOST);
  if (context.settings.toStored !== undefined) return { outcome, valueFor: restorerOf(context, payload), turns };
  const canChange = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const decode = canChange ? decoderOf(context, value, payload) : () => value;
  const valueFor = (joined: CallContext): unknown => (hasNoCopies(context) && hasNoCopies(joined) ? value : decode());
  return { outcome, valueFor, turns };
}

/** As a hit has it, where something was made to be stored. */
function restorerOf({ settings: { codec } }: CallContext, payload: Payload | undefined): SharedValue['valueFor'] {
  if (payload === undefined) {
    return () => {
      throw new TypeError('Nothing was made to be stored');
    };
  }
  const own = ownBytes([payload.bytes]);
  return (joined, args) => valueOfStored(joined, codec.decode(payload.encoding, own), args);
}

function decoderOf({ settings: { codec } }: CallContext, value: unknown, payload: Payload | undefined): () => unknown {
  try {
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
