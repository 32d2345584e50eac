import { CallCounters } from '../stats/counters.ts';
import type { Settings } from './settings.ts';
import type { Backing } from './context.ts';

/**
 * Where the calls of a function are counted. What is counted through a cache that never saves stays in this thread; one that is
 * off counts nowhere.
 */
export function countsFor(
  { backing, settings }: { readonly backing: Backing; readonly settings: Settings },
  { name, identity }: { readonly name: string; readonly identity: string },
): CallCounters {
  if (settings.mode === 'off') return new CallCounters(() => undefined);
  return backing.statistics.of({ name, identity }, backing.keepsStats && settings.maySave ? backing.store : undefined);
}
