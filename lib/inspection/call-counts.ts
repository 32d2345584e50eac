import type { Source } from './source.ts';

/** What became of calls, over all processes. */
export interface CallCounts {
  readonly hits: number;
  readonly misses: number;
  readonly stale: number;
  readonly coalesced: number;
  readonly skipped: number;
  readonly errors: number;
  readonly computeMs: number;
  readonly savedMs: number;
}

/** What became of the calls of one function. */
export interface FunctionCounts extends CallCounts {
  readonly name: string;
}

/** Where nothing was counted. */
export const NO_CALLS: CallCounts = {
  hits: 0,
  misses: 0,
  stale: 0,
  coalesced: 0,
  skipped: 0,
  errors: 0,
  computeMs: 0,
  savedMs: 0,
};

/** What the processes have counted, by the names of functions. @throws UnsafeFolderError, StoreError */
export function callsByName(_source: Source): Map<string, CallCounts> {
  return new Map();
}

export function addCalls(sum: CallCounts, calls: CallCounts): CallCounts {
  return {
    hits: sum.hits + calls.hits,
    misses: sum.misses + calls.misses,
    stale: sum.stale + calls.stale,
    coalesced: sum.coalesced + calls.coalesced,
    skipped: sum.skipped + calls.skipped,
    errors: sum.errors + calls.errors,
    computeMs: sum.computeMs + calls.computeMs,
    savedMs: sum.savedMs + calls.savedMs,
  };
}
