import { counterCases } from './counters.ts';
import { leaseCases } from './leases.ts';
import { lifeCases } from './life.ts';
import { listingCases } from './listing.ts';
import { recordCases } from './records.ts';
import type { StoreCase } from './support.ts';
import { upkeepCases } from './upkeep.ts';

/** By what they are about. `await` waits for promises and passes values on, so they are for stores of either kind. */
export const storeCases: Readonly<Record<string, readonly StoreCase[]>> = {
  records: recordCases,
  'listing and removing': listingCases,
  upkeep: upkeepCases,
  counters: counterCases,
  leases: leaseCases,
  life: lifeCases,
};
