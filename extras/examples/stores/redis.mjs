// One cache for many machines, on a Redis server: REDIS_URL=redis://localhost:6379 node extras/examples/stores/redis.mjs
import { TempCache } from 'tempcache';
import { redisStore } from 'tempcache/redis';

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const store = redisStore(url, { prefix: 'examples', timeout: '2s' });
const cache = new TempCache('squares', {
  store,
  onEvent: ({ type, error }) => type === 'storeDown' && console.log(`${url} does not answer: ${error.message}`),
});

const square = cache.wrap(async function square(n) {
  console.log(`computes the square of ${n}`);
  return n * n;
});

// Where there is no server, each call computes.
for (const n of [4, 4, 5]) console.log(await square(n));
await cache.close();
