/** For those who write a store of their own: what every store must do, for any test runner. */

import { describe as describeOfNode, it as itOfNode } from 'node:test';
import { invalidArgument } from '../common/errors.ts';
import { checkOptions } from '../options/rows.ts';
import { storeCases } from './cases.ts';
import type { StoreUnderTest, Traits } from './support.ts';

export type { StoreUnderTest, Traits } from './support.ts';

/** Options of {@link testStore}. */
export interface TestStoreOptions extends Traits {
  /** Groups tests, as test runners have it. Default: the global `describe`, else that of `node:test`. */
  readonly describe?: (title: string, body: () => void) => unknown;
  /** Makes a test, as test runners have it. Default: the global `it`, else that of `node:test`. */
  readonly it?: (title: string, test: () => Promise<void>) => unknown;
}

/**
 * Tests what every store must do, some hundred cases: records from 0 bytes to 20 MB, listing, upkeep, counters, leases, life. It needs a test runner
 * with `describe` and `it`: Jest, Mocha, Vitest, Bun or `node --test`.
 *
 * @param make makes a fresh and empty store for each test; the suite closes it
 *
 * @example
 * testStore('myStore', () => ({ store: myStore() }), { keepsUses: false });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for unknown options
 */
export function testStore(
  name: string,
  make: () => StoreUnderTest | Promise<StoreUnderTest>,
  options: TestStoreOptions = {},
): void {
  checkOptions(options, ['keepsUses', 'runsOut', 'describe', 'it'], 'testStore()');
  if (typeof make !== 'function') throw invalidArgument('testStore() needs a function that makes a store');
  const { describe, it } = runnerOf(options);
  describe(name, () => {
    for (const [group, cases] of Object.entries(storeCases)) {
      describe(group, () => {
        for (const { title, needs, run } of cases) {
          if (needs === undefined || options[needs] !== false) it(title, () => withStore(make, run));
        }
      });
    }
  });
}

type Runner = Required<Pick<TestStoreOptions, 'describe' | 'it'>>;

/** Both come from one place: a runner does not see what another one groups. */
function runnerOf({ describe, it }: TestStoreOptions): Runner {
  if (describe !== undefined && it !== undefined) return { describe, it };
  if (describe !== undefined || it !== undefined)
    throw invalidArgument('testStore() needs describe and it, or neither');
  const globals = globalThis as Partial<Runner>;
  if (globals.describe !== undefined && globals.it !== undefined) return globals as Runner;
  return { describe: describeOfNode, it: itOfNode };
}

async function withStore(
  make: Parameters<typeof testStore>[1],
  run: (subject: StoreUnderTest & { readonly other: StoreUnderTest['store'] }) => Promise<void>,
): Promise<void> {
  const made = await make();
  const subject = { ...made, other: made.other ?? made.store };
  try {
    await run(subject);
  } finally {
    await subject.store.close();
    await subject.other.close();
    await made.dispose?.();
  }
}
