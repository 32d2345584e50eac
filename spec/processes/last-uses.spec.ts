import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';

const start = useScripts();

/** MB for objects of all ages: what 100,000 ids and the records of uses take, and little more. */
const HEAP = 64;

describe('Ten million uses of records, in a process that comes to no timer', () => {
  it.each([
    { records: 5000, known: 5000, isLimited: false },
    { records: 5000, known: 5000, isLimited: true },
    { records: 100_000, known: 50_000, isLimited: false },
  ])(
    'take no more memory than the first ones: %j',
    async ({ records, known, isLimited }) => {
      const script = start('use-records', [records, 10_000_000, isLimited], {
        execArgv: [`--max-old-space-size=${HEAP}`],
      });
      const said = (await script.next()) as { readonly known: number };
      expect(said.known).toBeGreaterThan(known / 2 - 1);
      expect(said.known).toBeLessThanOrEqual(known);
      expect(await script.ended).toMatchObject({ code: 0, errors: '' });
    },
    120_000,
  );
});
