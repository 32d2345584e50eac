import { Counts } from '../stats/counts.ts';
import type { Settings } from './settings.ts';
import type { Shared } from './context.ts';

/**
 * Where the calls of a function are counted. What is counted through a cache that never saves stays in this thread; one that is
 * off counts nowhere.
 */
export function countsFor(
  { shared, settings }: { readonly shared: Shared; readonly settings: Settings },
  { name, identity }: { readonly name: string; readonly identity: string },
): Counts {
  if (settings.mode === 'off') return new Counts(() => undefined);
  const store = shared.keepsStats && settings.maySave ? shared.store : undefined;
  return shared.statistics.of({ name, identity, store });
}
