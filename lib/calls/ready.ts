import type { CallContext } from './context.ts';
import { loadMissPart } from './miss-part.ts';
import { observeFailure } from './observe.ts';

/**
 * Whether a miss may begin: nothing that is still to be loaded can fail from then on, between the function and its caller.
 * `loadMore` loads another part that it needs. Where it may not, the function is called without the cache.
 */
export function isReady(context: CallContext, id: string, loadMore?: () => void): boolean {
  try {
    loadMissPart();
    loadMore?.();
    return true;
  } catch (error) {
    observeFailure(context, 'writeFailed', { id, error });
    return false;
  }
}
