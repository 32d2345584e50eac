import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { redisStore } from '../../../lib/stores/redis/redis-store.ts';
import { testStore } from '../../../lib/testing/index.ts';
import { describeWithRedisCluster } from '../../support/servers/redis.ts';

let prefixes = 0;
const TRAITS = { keepsUses: false, runsOut: false } as const;

describeWithRedisCluster('redisStore on a cluster', (ports) => {
  testStore(
    'by a client of redis',
    async () => {
      const cluster = createCluster({ rootNodes: ports().map((port) => ({ url: `redis://127.0.0.1:${port}` })) });
      await cluster.connect();
      const prefix = `redis ${++prefixes}`;
      const make = () => redisStore(cluster, { prefix });
      return { store: make(), other: make(), dispose: async () => cluster.destroy() };
    },
    TRAITS,
  );

  testStore(
    'by a client of ioredis',
    () => {
      const cluster = new Cluster(ports().map((port) => ({ host: '127.0.0.1', port })));
      const prefix = `ioredis ${++prefixes}`;
      const make = () => redisStore(cluster, { prefix });
      return { store: make(), other: make(), dispose: async () => cluster.disconnect() };
    },
    TRAITS,
  );
});
