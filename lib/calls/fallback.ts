import { performance } from 'node:perf_hooks';

import { isNoCache } from './no-cache.ts';
import { computed, type NotFound, type Result } from '../records/outcome.ts';
import { reportFailure, reportSkip, reportUse } from './observe.ts';
import type { Site } from './context.ts';

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
    const computeMs = performance.now() - startedAt;
    return computed(thrown.value, { promised: false, computeMs, reason: outcome.reason });
  }
  const { fallback } = outcome;
  if (fallback === undefined) throw thrown;
  reportFailure(site, 'refreshFailed', { id, error: thrown });
  reportUse(site, 'stale', id);
  return fallback;
}
