import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { counterSuite } from './store-suite/counters.ts';
import { storeCases } from './store-suite/index.ts';
import type { MakeStore, StoreCase, StoreUnderTest, Traits } from './store-suite/index.ts';

export type { MakeStore, StoreUnderTest } from './store-suite/index.ts';

/** What every store must do, of either kind. */
export function testStore(name: string, make: MakeStore, traits: Traits = {}): void {
  describe(name, () => {
    const current = useStore(make);
    const suits = ({ needs }: StoreCase): boolean => needs === undefined || traits[needs] !== false;
    for (const [group, cases] of Object.entries(storeCases)) {
      describe(group, () => {
        it.each(cases.filter(suits))('$title', async ({ run: assertHolds }) => assertHolds(current()));
      });
    }
    counterSuite(current);
  });
}

/** A fresh store for every spec. */
function useStore(make: MakeStore): () => StoreUnderTest {
  let current: StoreUnderTest | undefined;
  beforeEach(async () => {
    current = await make();
  });
  afterEach(async () => {
    await current?.store.close();
    await current?.other.close();
    await current?.dispose?.();
  });
  return () => {
    if (current === undefined) throw new Error('There is a store only while a spec runs');
    return current;
  };
}
