import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryStore } from '../../../lib/stores/memory.ts';
import type { SyncStore } from '../../../lib/stores/store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { jsonSerializer } from '../../../lib/serializers/json.ts';
import { useClock } from '../../support/clock.ts';
import { mutate, randomNumbers } from '../../support/mutate.ts';
import { joined, NEVER } from '../../support/store-suite/use-store.ts';

const call = fc.record({
  kind: fc.constant('call' as const),
  args: fc.constantFrom([], [1]),
  mode: fc.constantFrom('on', 'on', 'on', 'off', 'readonly', 'refresh'),
  patience: fc.constantFrom({}, { staleIfError: true }, { staleWhileRevalidate: 150 }, { staleWhileRevalidate: true }),
  serializer: fc.constantFrom(undefined, undefined, jsonSerializer()),
  generator: fc.constantFrom(false, false, true),
});
const act = fc.oneof(
  { weight: 4, arbitrary: call },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 150) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('damage' as const), seed: fc.integer({ min: 0 }) }) },
);

function load(...args: readonly unknown[]): number {
  return args.length;
}
function* items(...args: readonly unknown[]): Generator {
  yield* args;
}

function damageOne(store: SyncStore, random: () => number): void {
  const ids = [...store.entries()].map(({ id }) => id);
  const id = ids[random() % Math.max(1, ids.length)];
  if (id === undefined) return;
  store.set(id, [mutate(joined(store.get(id)) as Buffer, random)], NEVER);
}

describe('An explanation', () => {
  const clock = useClock();

  it('says what run() says then: a hit exactly for a hit, and the same reason for a miss', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 6, maxLength: 16 }), (acts) => {
        const store = memoryStore();
        const cache = new TempCache('spec', { store, maxAge: 100, stats: false });
        for (const step of acts) {
          if (step.kind === 'wait') clock.now += step.ms;
          if (step.kind === 'damage') damageOne(store, randomNumbers(step.seed));
          if (step.kind !== 'call') continue;
          const { mode, patience, serializer, generator, args } = step;
          const options = { ...patience, mode, ...(serializer && { serializer }), name: 'load' } as const;
          const { cache: property } = cache.wrap(generator ? items : (load as never), options);
          const { status, reason } = property.explain(...args);
          const outcome = property.run(...args);
          expect({ status, reason }).toEqual({ status: outcome.status, reason: outcome.reason });
          if (generator) Array.from(outcome.value as unknown as Iterable<unknown>);
          seen.add(`${status} ${reason}`);
        }
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(
      new Set([
        'hit undefined',
        'stale undefined',
        'miss undefined',
        'miss absent',
        'miss expired',
        'miss corrupt',
        'miss refresh',
      ]),
    );
  });
});
