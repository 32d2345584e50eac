import { performance } from 'node:perf_hooks';

import { isThenable } from '../common/thenable.ts';
import { computed, type NotFound, type Result } from '../records/outcome.ts';
import type { Site, Work } from './context.ts';
import { loadMissPart } from './miss-part.ts';
import { reportFailure, reportMiss } from './observe.ts';
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
export function computeUnready(
  site: Site,
  id: string,
  { work, outcome }: { readonly work: Work; readonly outcome: NotFound },
): Result | Promise<Result> {
  reportMiss(site, id, outcome);
  const startedAt = performance.now();
  const toResult = (value: unknown, promised: boolean): Result =>
    computed(value, { promised, computeMs: performance.now() - startedAt, reason: outcome.reason });
  const value = computeOnly(work);
  return isThenable(value) ? Promise.resolve(value).then((settled) => toResult(settled, true)) : toResult(value, false);
}
