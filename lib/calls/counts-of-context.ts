import { CallCounters } from '../stats/counters.ts';
import type { Settings } from './settings.ts';
import type { Shared } from './context.ts';

/**
 * Where the calls of a function are counted. What is counted through a cache that never saves stays in this thread; one that is
 * off counts nowhere.
 */
export function countsFor(
  { shared, settings }: { readonly shared: Shared; readonly settings: Settings },
  { name, identity }: { readonly name: string; readonly identity: string },
): CallCounters {
  if (settings.mode === 'off') return new CallCounters(() => undefined);
  return shared.statistics.of({ name, identity }, shared.keepsStats && settings.maySave ? shared.store : undefined);
}
