/** Whether a call is what it was when it began. */

import type { Call } from './context.ts';

/** A call with arguments that its caller cannot change, as far as they can be copied. */
export function ownCall(call: Call): Call {
  return call.own === undefined ? call : call.own(call);
}

/** Whether an id is still that of a call. Never throws. */
export function isStill(id: string, call: Call): boolean {
  try {
    return call.idOf === undefined || call.idOf(call) === id;
  } catch {
    return false;
  }
}

/** Whether a value that is computed still is that of an id: the arguments are the same, and so is the function. Never throws. */
export function isUnchanged(id: string, call: Call): boolean {
  return isStill(id, call) && call.isSame?.(call) !== false;
}
