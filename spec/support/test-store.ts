import { describe, it } from '@jest/globals';
import { testStore as testStoreWith } from '../../lib/testing/index.ts';
import type { StoreUnderTest, Traits } from '../../lib/testing/index.ts';

export type { StoreUnderTest } from '../../lib/testing/index.ts';
export type MakeStore = () => StoreUnderTest | Promise<StoreUnderTest>;

/** What every store must do, of either kind. */
export function testStore(name: string, make: MakeStore, traits: Traits = {}): void {
  testStoreWith(name, make, { ...traits, describe, it });
}
