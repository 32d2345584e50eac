import { expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { redisStore } from '../../../lib/stores/redis/redis-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { describeWithRedis } from '../../support/servers/redis.ts';
import { makeTrace, told } from '../../support/trace.ts';

describeWithRedis('A cache over Redis', (server) => {
  function make(timeout: number) {
    const trace = makeTrace();
    const cache = new TempCache('outage', {
      store: redisStore(server.url(), { timeout, prefix: `outage ${timeout}` }),
      onEvent: trace.onEvent,
    });
    let runs = 0;
    const load = cache.wrap(async (n: number) => ++runs && n, { name: 'load', captures: 'off' });
    /** Until the store is asked again, and answers. */
    async function untilUp(): Promise<void> {
      while (!trace.events.some(({ type }) => type === 'storeUp')) {
        await load(0);
        await setImmediate();
      }
    }
    return { cache, load, trace, runs: () => runs, untilUp };
  }

  it('computes while the server does not answer, and has hits when it does again', async () => {
    const { cache, load, trace, runs, untilUp } = make(200);
    await load(1);
    server.halt('SIGSTOP');
    expect([await load(1), await load(2), runs()]).toEqual([1, 2, 3]);
    await told(trace, 'storeDown');
    server.halt('SIGCONT');
    await untilUp();
    const before = runs();
    expect([await load(1), runs()]).toEqual([1, before]);
    await cache.close();
  });

  it('computes while the server is gone, and stores anew in one that has come back empty', async () => {
    const { cache, load, trace, runs, untilUp } = make(5000);
    await load(1);
    await server.stop();
    for (const n of [1, 2, 3, 4]) expect(await load(n)).toBe(n);
    await told(trace, 'storeDown');
    await server.start();
    await untilUp();
    const before = runs();
    expect([await load(1), await load(1), runs()]).toEqual([1, 1, before + 1]);
    await cache.close();
  });
});
