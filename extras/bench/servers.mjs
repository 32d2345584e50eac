/**
 * The price of a hit over a server, and what an entry takes there; beside what the bare client takes for the same bytes, in turns:
 *
 *     REDIS_URL=redis://127.0.0.1:6379 DATABASE_URL=postgres://me@127.0.0.1/mine node extras/bench/servers.mjs
 *
 * A server without a URL is left out. Build before.
 */
import process from 'node:process';
import pg from 'pg';
import { createClient } from 'redis';
import { TempCache } from '../../dist/index.mjs';
import { redisStore } from '../../dist/redis.mjs';
import { sqlStore } from '../../dist/sql.mjs';

const ROUNDS = 5000;
const ENTRIES = 10_000;
const VALUE = Array.from({ length: 20 }, (_, id) => ({ id, name: `name ${id}`, tags: ['a', 'b'] }));
const BYTES = Buffer.from(JSON.stringify(VALUE));

async function redisWays(url) {
  const client = createClient({ url });
  await client.connect();
  await client.set('tempcache bench', BYTES);
  const store = redisStore(client, { prefix: 'tempcache bench' });
  const asBytes = { typeMapping: { 36: Buffer } };
  const bare = () => client.sendCommand(['GET', 'tempcache bench'], asBytes);
  const bytes = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1]);
  return { name: 'Redis', store, bare, bytes, close: () => client.destroy() };
}

async function sqlWays(url) {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await pool.query('CREATE TABLE tempcache_bench_bare (id text PRIMARY KEY, bytes bytea)');
  await pool.query('INSERT INTO tempcache_bench_bare VALUES ($1, $2)', ['one', BYTES]);
  const store = sqlStore(pool, { table: 'tempcache_bench' });
  const bare = () => pool.query('SELECT bytes FROM tempcache_bench_bare WHERE id = $1', ['one']);
  const sizeOf = "SELECT pg_total_relation_size('tempcache_bench_records')::float8 AS bytes";
  const bytes = async () => (await pool.query(sizeOf)).rows[0].bytes;
  const close = async () => {
    await pool.query(
      'DROP TABLE tempcache_bench_bare, tempcache_bench_records, tempcache_bench_leases, tempcache_bench_counters',
    );
    await pool.end();
  };
  return { name: 'PostgreSQL', store, bare, bytes, close };
}

async function measure({ name, store, bare, bytes, close }) {
  const cache = new TempCache('bench', { store });
  const load = cache.wrap(async () => VALUE, { name: 'load', captures: 'off' });
  await load();
  const samples = { bare: [], hit: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, ask] of Object.entries({ bare, hit: load })) {
      const begun = process.hrtime.bigint();
      await ask();
      samples[way].push(Number(process.hrtime.bigint() - begun) / 1000);
    }
  }
  const ratios = samples.hit.map((time, round) => time / samples.bare[round]);
  const [bareTime, hitTime] = [median(samples.bare), median(samples.hit)].map((time) => time.toFixed(1));
  console.log(`${name}: a hit takes ${hitTime} us, the bare client ${bareTime} us: ${median(ratios).toFixed(2)}x`);
  await measureSize(name, { cache, bytes });
  await cache.clear();
  await cache.close();
  await close();
}

/** What an entry takes on the server: of a value of 200 bytes, such as a small answer of an API. */
async function measureSize(name, { cache, bytes }) {
  const before = await bytes();
  for (let from = 0; from < ENTRIES; from += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => cache.itemForKey(from + n).save('x'.repeat(200))));
  }
  console.log(`${name}: an entry of 200 bytes takes ${Math.round(((await bytes()) - before) / ENTRIES)} bytes there`);
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
}

const { REDIS_URL, DATABASE_URL } = process.env;
if (REDIS_URL !== undefined) await measure(await redisWays(REDIS_URL));
if (DATABASE_URL !== undefined) await measure(await sqlWays(DATABASE_URL));
