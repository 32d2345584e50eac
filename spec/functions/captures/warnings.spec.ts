import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { defer } from '../../support/deferred.ts';
import { loneCache } from '../../support/identity.ts';

describe('A variable that is changed while a promise is pending', () => {
  let warnings: readonly string[] = [];
  let spy: { mockRestore(): void } | undefined;
  beforeEach(() => {
    warnings = [];
    const warn = (warning: unknown): void => {
      warnings = [...warnings, String(warning)];
    };
    spy = jest.spyOn(process, 'emitWarning').mockImplementation(warn);
  });
  afterEach(() => spy?.mockRestore());

  it('is warned of once, with the cure, for its value is not stored', async () => {
    let rate = 1;
    const gates = [defer<number>(), defer<number>()];
    const helper = (n: number): number => n * rate;
    const scale = loneCache().wrap(async function scale(n: number): Promise<number> {
      return ((await gates[n]?.promise) ?? 0) * helper(n);
    });
    for (const n of [0, 1]) {
      const pending = scale(n);
      rate += 1;
      gates[n]?.resolve(1);
      await pending;
    }
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^A value of the function "scale" was not stored: it captures "rate" \(\S+warnings\.spec\.ts:\d+\), which was changed while its promise was pending\. .*\{ captures: \{ ignore: \['rate'\] \} \}$/,
    );
  });

  it('is no reason to warn where the same functions change it', async () => {
    let calls = 0;
    const scale = loneCache().wrap(async function scale(n: number): Promise<number> {
      calls += 1;
      return n * calls;
    });
    await Promise.all([scale(1), scale(2)]);
    expect(warnings).toEqual([]);
  });
});
