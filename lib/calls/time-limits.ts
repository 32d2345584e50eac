/** What becomes of a computation that takes too long. */

import { durationInWords } from '../common/describe.ts';
import { ComputeTimeoutError } from '../common/errors.ts';
import { readHead } from '../records/frame.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { LEASE_TTL } from '../stores/store.ts';
import type { CallContext } from './context.ts';

/** What the call rejects with when the time of its computation is over. */
export function tookTooLong({ name, settings }: CallContext, id: string): ComputeTimeoutError {
  const limit = `took longer than ${durationInWords(settings.computeTimeout)}, its computeTimeout`;
  return new ComputeTimeoutError(`${name || `Item ${id}`} ${limit}: make it faster, or raise that`, { id });
}

/**
 * Whether a value comes too late to be stored: others have not waited for it, and one that was stored since it was begun is newer.
 *
 * @param begunAt ms since the epoch
 */
export function* isOutdated({ settings, backing }: CallContext, id: string, begunAt: number): Steps<boolean> {
  const { waitTimeout, computeTimeout, clock } = settings;
  if (clock() - begunAt < Math.min(waitTimeout, computeTimeout, LEASE_TTL)) return false;
  try {
    const peeked = yield* step(backing.store.peek(id));
    return peeked !== undefined && readHead(peeked.head, id).createdAt > begunAt;
  } catch {
    // What cannot be read is no value.
    return false;
  }
}
