import { isThenable } from '../common/thenable.ts';
import { computed, type Result } from '../records/outcome.ts';
import type { Site, Work } from './context.ts';
import { loadMissPart } from './miss-part.ts';
import { reportFailure } from './observe.ts';
import { computeOnly } from './run-shared.ts';

/**
 * Whether a miss may begin: nothing that is still to be loaded can fail from then on, between the function and its caller.
 * `loadMore` loads another part that it needs.
 */
export function isReady(site: Site, id: string, loadMore?: () => void): boolean {
  try {
    loadMissPart();
    loadMore?.();
    return true;
  } catch (error) {
    reportFailure(site, 'writeFailed', { id, error });
    return false;
  }
}

/** What the function gives, for a miss that may not begin: nothing is stored, and no caller waits for another. */
export function computeUnready(work: Work): Result | Promise<Result> {
  const value = computeOnly(work);
  const terms = { computeMs: 0, reason: 'absent' } as const;
  if (!isThenable(value)) return computed(value, { promised: false, ...terms });
  return Promise.resolve(value).then((settled) => computed(settled, { promised: true, ...terms }));
}
