/** What every store must do, as cases that need no framework: each is given a fresh store and throws where it fails. */

import { leaseCases } from './leases.ts';
import { lifeCases } from './life.ts';
import { listingCases } from './listing.ts';
import { recordCases } from './records.ts';
import { upkeepCases } from './upkeep.ts';
import type { StoreCase } from './use-store.ts';

export type { MakeStore, StoreCase, StoreUnderTest, Traits } from './use-store.ts';

/** By what they are about. `await` waits for promises and passes values on, so they are for stores of either kind. */
export const storeCases: Readonly<Record<string, readonly StoreCase[]>> = {
  records: recordCases,
  'listing and removing': listingCases,
  upkeep: upkeepCases,
  leases: leaseCases,
  life: lifeCases,
};
