// An async function stays async. Calls that come at the same time share one computation.
import { setTimeout as sleep } from 'node:timers/promises';
import { TempCache } from 'tempcache';

const cache = TempCache.temporary({ maxAge: '5m' });

// Stands for a request over the network.
async function fetchUser(id, { fields }) {
  console.log(`  asking the server for user ${id}`);
  await sleep(100);
  return { id, fields, fetchedAt: new Date() };
}

const cachedFetchUser = cache.wrap(fetchUser);

const [one, same] = await Promise.all([
  cachedFetchUser(7, { fields: ['name'] }),
  cachedFetchUser(7, { fields: ['name'] }),
]);
const later = await cachedFetchUser(7, { fields: ['name'] });
console.log('fetched at', one.fetchedAt.toISOString());
console.log(
  'the same time three times:',
  [same, later].every((user) => +user.fetchedAt === +one.fetchedAt),
);
console.log('other arguments are another call:', (await cachedFetchUser(7, { fields: ['mail'] })).fields);
