/** The numbers of calls that the folder of a cache keeps. */
export interface Calls {
  readonly hits: number;
  readonly misses: number;
  readonly stale: number;
  readonly coalesced: number;
}

/** The part of calls that nothing was computed for, from 0 to 1; undefined where no call was counted. */
export function hitRateOf({ hits, misses, stale, coalesced }: Calls): number | undefined {
  const served = hits + stale + coalesced;
  return served + misses === 0 ? undefined : served / (served + misses);
}
