import { isNoCache } from './no-cache.ts';
import { computed, type NotFound, type Result } from './plan.ts';
import { report, reportFailure, reportSkip } from './report.ts';
import type { Site } from './site.ts';

/** A computation that threw. */
interface Failed {
  readonly thrown: unknown;
  /** What was found in the place of a value. */
  readonly outcome: NotFound;
  readonly startedAt: number;
}

/** What a computation that threw gives after all: the value of a NoCache, or a value past its age. Throws what was thrown. */
export function rescue(site: Site, id: string, { thrown, outcome, startedAt }: Failed): Result {
  if (isNoCache(thrown)) {
    reportSkip(site, id, 'NoCache');
    return computed(thrown.value, false, performance.now() - startedAt);
  }
  const { fallback } = outcome;
  if (fallback === undefined) throw thrown;
  reportFailure(site, 'refreshFailed', { id, error: thrown });
  report(site, 'stale', id);
  return fallback;
}
