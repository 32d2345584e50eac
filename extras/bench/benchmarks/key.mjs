import crypto from 'node:crypto';
import { join } from 'node:path';
import { TempCache } from '../subject.mjs';
import { paired } from '../support/paired.mjs';
import { timeRows } from '../support/table.mjs';
import { makeUser } from '../support/values.mjs';

export const about =
  'The id of a call or key: canonical bytes of the arguments and their SHA-256, and the item that carries it; against ' +
  '`crypto.hash` of 15 characters alone.';

const HEAD = ['', 'median', 'p99', 'to hash'];
const HASH = "crypto.hash('sha256') of 15 characters";

export async function run({ folder }) {
  const cache = new TempCache(join(folder, 'cache'));
  const user = cache.wrap((_kind, id) => id, { name: 'user' });
  const object = makeUser(42);
  const texts = Array.from({ length: 80 }, (_, n) => Buffer.from(`user-00000000${10 + n}`).toString());
  const small = await paired(
    [
      { name: HASH, call: (n) => crypto.hash('sha256', texts[n % 80]) },
      { name: "itemFor('user', 42)", call: (n) => user.cache.itemFor('user', n % 100) },
      { name: "itemForKey(['user', 42])", call: (n) => cache.itemForKey(['user', n % 100]) },
      { name: 'itemFor(object of 10 fields)', call: () => user.cache.itemFor(object) },
      { name: 'JSON.stringify of it, then crypto.hash', call: () => crypto.hash('sha256', JSON.stringify(object)) },
    ].map((side) => ({ ...side, batch: 50 })),
    { rounds: 20, seconds: 15 },
  );
  const numbers = Array.from({ length: 1e6 }, (_, index) => index);
  const bytes = Buffer.from(Float64Array.from(numbers).buffer);
  const large = await paired(
    [
      { name: "crypto.hash('sha256') of 8 MB", call: () => crypto.hash('sha256', bytes) },
      { name: 'itemFor(array of 1e6 integers)', call: () => user.cache.itemFor(numbers) },
      { name: 'JSON.stringify of it, then crypto.hash', call: () => crypto.hash('sha256', JSON.stringify(numbers)) },
    ],
    { rounds: 6, settle: 0, calls: 3, seconds: 8 },
  );
  return {
    tables: [
      { title: 'Key', head: HEAD, rows: timeRows(small) },
      { title: 'Key of a large argument', head: ['', 'median', 'p99', 'to hash of 8 MB'], rows: timeRows(large) },
    ],
    figures: {
      'call us': small.get("itemFor('user', 42)").median,
      'call/hash': small.get("itemFor('user', 42)").ratio,
      'object us': small.get('itemFor(object of 10 fields)').median,
      'object/hash': small.get('itemFor(object of 10 fields)').ratio,
    },
  };
}
