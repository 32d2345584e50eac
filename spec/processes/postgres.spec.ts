import { describeWithPostgres } from '../support/servers/postgres.ts';
import { testSharedCache } from '../support/test-shared-cache.ts';

describeWithPostgres('Processes that share a cache on PostgreSQL', (url) => {
  // What another spec has saved is of other code.
  testSharedCache(() => url());
});
