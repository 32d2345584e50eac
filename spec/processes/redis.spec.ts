import { describeWithRedis } from '../support/servers/redis.ts';
import { testSharedCache } from '../support/test-shared-cache.ts';

const DATABASES = ['function', 'item', 'killed'];

describeWithRedis('Processes that share a cache on Redis', (server) => {
  testSharedCache((name) => `${server.url()}/${1 + DATABASES.indexOf(name)}`);
});
