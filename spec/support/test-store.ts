import { describe } from '@jest/globals';
import { counterSuite } from './store-suite/counters.ts';
import { leaseSuite } from './store-suite/leases.ts';
import { lifeSuite } from './store-suite/life.ts';
import { listingSuite } from './store-suite/listing.ts';
import { recordSuite } from './store-suite/records.ts';
import { upkeepSuite } from './store-suite/upkeep.ts';
import { useStore } from './store-suite/use-store.ts';
import type { MakeStore } from './store-suite/use-store.ts';

export type { MakeStore, StoreUnderTest } from './store-suite/use-store.ts';

/** What every store must do, of either kind: `await` waits for promises and passes values on. */
export function testStore(name: string, make: MakeStore): void {
  describe(name, () => {
    const current = useStore(make);
    recordSuite(current);
    listingSuite(current);
    upkeepSuite(current);
    counterSuite(current);
    leaseSuite(current);
    lifeSuite(current);
  });
}
