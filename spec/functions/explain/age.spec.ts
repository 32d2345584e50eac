import { describe, expect, it } from '@jest/globals';
import type { FunctionOptions } from '../../../lib/functions/function-options.ts';
import { START, useClock } from '../../support/clock.ts';
import { explain, load, run } from '../../support/explained.ts';
import { storeKinds, useCaches } from '../../support/store-kinds.ts';

const HOUR = 3_600_000;

interface Row {
  readonly what: string;
  readonly options: FunctionOptions;
  /** Ms since the call was stored. */
  readonly after: number;
  readonly status: 'hit' | 'stale' | 'miss';
  readonly message: string;
}

const rows: readonly Row[] = [
  {
    what: 'a fresh value',
    options: { maxAge: '1h' },
    after: 1_200_500,
    status: 'hit',
    message: 'It would be a hit: saved 20 minutes ago, fresh for another 39 minutes 59 seconds.',
  },
  {
    what: 'a value that never expires',
    options: { maxAge: Infinity },
    after: 0,
    status: 'hit',
    message: 'It would be a hit: saved 0 ms ago, fresh for ever.',
  },
  {
    what: 'a value past maxAge',
    options: { maxAge: '90s' },
    after: HOUR,
    status: 'miss',
    message:
      'It would be computed: the entry was saved 1 hour ago and expired 58 minutes 30 seconds ago, at ' +
      '2027-01-15T08:01:30.000Z, by the maxAge of 1 minute 30 seconds.',
  },
  {
    what: 'a value that is served past its age',
    options: { maxAge: '1h', staleWhileRevalidate: '1h' },
    after: 1.25 * HOUR,
    status: 'stale',
    message:
      'It would be served past its age: the entry expired 15 minutes ago, at 2027-01-15T09:00:00.000Z, by the maxAge of ' +
      '1 hour. staleWhileRevalidate serves it for another 45 minutes, and has it computed anew in the background.',
  },
  {
    what: 'a value that is served for ever',
    options: { maxAge: 1000, staleWhileRevalidate: true },
    after: HOUR,
    status: 'stale',
    message:
      'It would be served past its age: the entry expired 59 minutes 59 seconds ago, at 2027-01-15T08:00:01.000Z, by the ' +
      'maxAge of 1 second. staleWhileRevalidate serves it for ever, and has it computed anew in the background.',
  },
  {
    what: 'a value that stands in for a failure',
    options: { maxAge: '1h', staleIfError: '1d' },
    after: 2 * HOUR,
    status: 'miss',
    message:
      'It would be computed: the entry was saved 2 hours ago and expired 1 hour ago, at 2027-01-15T09:00:00.000Z, by the ' +
      'maxAge of 1 hour. If the function fails, it stands in (staleIfError).',
  },
  {
    what: 'a value from a clock that is ahead',
    options: {},
    after: -2 * HOUR,
    status: 'miss',
    message:
      'It would be computed: the entry says that it was saved at 2027-01-15T08:00:00.000Z, which is yet to come: a clock is wrong.',
  },
];

describe.each(storeKinds)('Over $name, an explanation', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  it.each(rows)('tells of $what', async ({ options, after, status, message }) => {
    const { cache } = make();
    const call = { fn: load, args: [1], options: { ...options, name: 'load' } };
    await run(cache, call);
    clock.now += after;
    expect(await explain(cache, call)).toEqual({
      status,
      reason: status === 'miss' ? 'expired' : undefined,
      message,
      differs: [],
      nearest: expect.objectContaining({ createdAt: START, name: 'load' }),
    });
    expect(await run(cache, call)).toMatchObject({ status });
  });

  it('tells of a lifetime that was given when the value was saved', async () => {
    const { cache } = make({ maxAge: '1d' });
    const cached = cache.wrap(load);
    await cached.cache.itemFor(1).save(1, { maxAge: '30m' });
    clock.now += HOUR;
    const { message, reason } = await cached.cache.explain(1);
    expect(reason).toBe('expired');
    expect(message).toBe(
      'It would be computed: the entry was saved 1 hour ago and expired 30 minutes ago, at 2027-01-15T08:30:00.000Z, by the ' +
        'lifetime of 30 minutes given when it was saved.',
    );
  });

  it('goes by the maxAge of now', async () => {
    const { cache } = make({ maxAge: '1d' });
    const cached = cache.wrap(load);
    await cached(1);
    clock.now += HOUR;
    expect(await cached.cache.explain(1)).toMatchObject({ status: 'hit' });
    cached.cache.maxAge = '10m';
    expect((await cached.cache.explain(1)).message).toMatch(/by the maxAge of 10 minutes\.$/);
  });
});
