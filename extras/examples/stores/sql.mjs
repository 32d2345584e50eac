// One cache for many machines, in a PostgreSQL database: DATABASE_URL=postgres://me@localhost/mine node extras/examples/stores/sql.mjs
import { TempCache } from 'tempcache';
import { sqlStore } from 'tempcache/sql';

const url = process.env.DATABASE_URL ?? 'postgres://me@127.0.0.1:5432/mine';
const store = sqlStore(url, { table: 'examples', timeout: '2s' });
const cache = new TempCache('squares', {
  store,
  onEvent: ({ type, error }) => type === 'storeDown' && console.log(`The database does not answer: ${error.message}`),
});

const square = cache.wrap(async function square(n) {
  console.log(`computes the square of ${n}`);
  return n * n;
});

// Where there is no server, each call computes.
for (const n of [4, 4, 5]) console.log(await square(n));
await cache.close();
