import { Buffer } from 'node:buffer';
import type { URL } from 'node:url';
import { ID } from '../../common/ids.ts';
import { defaultsOf, readGiven, type Rows } from '../../options/rows.ts';
import { parseName } from '../../options/parse.ts';
import { completeStore } from '../complete.ts';
import type { StoreCounters, StoreDefinition, StoredEntry, StoreHead } from '../definition.ts';
import { placeOf, TIMEOUT, type ServerKind } from '../far.ts';
import { registerScheme } from '../schemes.ts';
import { savedAtOf, type AsyncStore, type Counts } from '../store.ts';
import { isClient, serverOf, ServerAtUrl, type Answer, type RedisClient, type Send, type Server } from './client.ts';
import { holderAt, takeLease } from './leases.ts';

export type { IoRedisClient, NodeRedisClient, NodeRedisCluster, RedisClient, Word } from './client.ts';

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** What the names of its keys begin with: caches of different prefixes share nothing. Default: `'tempcache'`. */
  readonly prefix?: string;
  /** How long to wait for an answer: a duration. A store that does not answer is not asked again for a while. Default: `'5s'`. */
  readonly timeout?: string | number;
}

const OPTIONS: Rows<{ readonly prefix: string | undefined; readonly timeout: number }> = {
  prefix: { parse: parseName, default: 'tempcache' },
  timeout: TIMEOUT,
};

const REDIS: ServerKind<RedisClient> = {
  maker: 'redisStore()',
  schemes: ['redis', 'rediss'],
  clients: 'a client of redis or ioredis',
  isClient,
};

/**
 * A store on a Redis server or cluster (6.2 or later, Valkey too), for many machines. Processes compute a missing value once; records
 * that are too old for all are dropped by the server.
 *
 * @param urlOrClient `redis://...` or `rediss://...` with the package `redis`, which is closed with the cache; or a client of `redis`
 * or `ioredis` that is connected, single or of a cluster, which stays open
 *
 * @example
 * const cache = new TempCache('mine', { store: redisStore('redis://localhost:6379') });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is none of these, and for options that are unknown or wrong
 */
export function redisStore(urlOrClient: string | URL | RedisClient, options: RedisStoreOptions = {}): AsyncStore {
  const { prefix = 'tempcache', timeout } = { ...defaultsOf(OPTIONS), ...readGiven(options, OPTIONS, 'redisStore()') };
  const place = placeOf(urlOrClient, prefix, REDIS);
  const server = place.url === undefined ? serverOf(place.client) : new ServerAtUrl(place.url);
  return completeStore(definitionOf(server, { prefix: `${prefix}:`, timeout, scope: place.scope }));
}

for (const scheme of REDIS.schemes) registerScheme(scheme, (url) => redisStore(url));

interface Terms {
  readonly prefix: string;
  readonly timeout: number;
  readonly scope: string | object;
}

/** How many keys are listed at once. */
const PAGE = '1000';

/** Bytes of a record and the first of them; nothing where there is none. */
const PEEK = `if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
return {redis.call('STRLEN', KEYS[1]), redis.call('GETRANGE', KEYS[1], 0, ARGV[1] - 1)}`;

/** Each command has one key, so that it goes to one server of a cluster. */
function definitionOf(server: Server, { prefix, timeout, scope }: Terms): StoreDefinition<'async'> {
  const { send } = server;
  const records = `${prefix}r:`;
  const peek = async (id: string, length: number) => {
    const answer = (await send('EVAL', PEEK, '1', records + id, String(length))) as [number, Buffer] | null;
    return answer === null ? undefined : { size: answer[0], savedAt: savedAtOf(answer[1]), head: answer[1] };
  };
  const head: StoreHead<'async'> = { peek, stat: async (id) => peek(id, 64) };
  return {
    kind: 'async',
    scope,
    timeout,
    get: async (id) => (await send('GET', records + id)) as Buffer | null,
    async set(id, bytes, { expiresAt }) {
      const left = Math.ceil(expiresAt - Date.now());
      const expiry = left < LONGEST ? ['PX', String(Math.max(1, left))] : [];
      await send('SET', records + id, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), ...expiry);
    },
    delete: async (id) => (await send('DEL', records + id)) === 1,
    async *entries(): AsyncGenerator<StoredEntry, void> {
      for await (const ids of namesIn(server, records, ID)) {
        const stats = await Promise.all(ids.map(async (id) => head.stat(id)));
        for (const [at, stat] of stats.entries()) if (stat) yield { ...stat, id: ids[at] as string };
      }
    },
    clear: async () => removeAll(server, records, ID),
    lease: async (id, ttl, me) => takeLease(send, { key: `${prefix}l:${id}`, ttl, me }),
    heldBy: async (id) => holderAt(send, `${prefix}l:${id}`),
    close: async () => server.close(),
    head,
    counters: countersOf(server, `${prefix}c:`),
  };
}

/** Ms; what lives longer needs no end. */
const LONGEST = 1e13;

/** Adds all or, where the server goes away, none. */
const ADD = `for at = 1, #ARGV, 2 do
if redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1]) == 0 then redis.call('HDEL', KEYS[1], ARGV[at]) end end`;

function countersOf(server: Server, prefix: string): StoreCounters<'async'> {
  const { send } = server;
  // As JSON, for the names may be any texts.
  const keyOf = (group: string): string => prefix + JSON.stringify(group);
  return {
    async add(group, deltas) {
      const words = Object.entries(deltas).flatMap(([name, delta]) => [JSON.stringify(name), String(delta)]);
      await send('EVAL', ADD, '1', keyOf(group), ...words);
    },
    read: async (group) => countsIn(await send('EVAL', `return redis.call('HGETALL', KEYS[1])`, '1', keyOf(group))),
    reset: async (group) => (group === undefined ? removeAll(server, prefix, GROUP) : send('DEL', keyOf(group))),
  };
}

function countsIn(answer: Answer): Counts {
  const words = (answer as readonly Buffer[]).map(String);
  return Object.fromEntries(
    words.flatMap((word, at) => (at % 2 === 0 ? [[JSON.parse(word) as string, Number(words[at + 1])]] : [])),
  );
}

/** What follows a prefix: of a longer prefix, which begins alike, there are other keys. */
const GROUP = /^"/;

async function removeAll(server: Server, prefix: string, kind: RegExp): Promise<void> {
  for await (const names of namesIn(server, prefix, kind)) {
    await Promise.all(names.map(async (name) => server.send('UNLINK', prefix + name)));
  }
}

/** What follows a prefix in the keys that begin so, by pages. One that stays meanwhile is listed once at least. */
async function* namesIn(server: Server, prefix: string, kind: RegExp): AsyncGenerator<readonly string[], void> {
  for (const send of await server.nodes()) {
    for await (const keys of keysOf(send, prefix)) {
      yield [...new Set(keys)].map((key) => key.slice(prefix.length)).filter((name) => kind.test(name));
    }
  }
}

async function* keysOf(send: Send, prefix: string): AsyncGenerator<readonly string[], void> {
  const pattern = `${prefix.replaceAll(/[*?[\]\\]/g, String.raw`\$&`)}*`;
  let cursor = '0';
  do {
    const [next, keys] = (await send('SCAN', cursor, 'MATCH', pattern, 'COUNT', PAGE)) as [Buffer, readonly Buffer[]];
    cursor = String(next);
    yield keys.map(String);
  } while (cursor !== '0');
}
