// A sync function stays a sync function. Run this twice: the second time nothing is computed, even though it is another process.
import { TempCache } from 'tempcache';

const cache = new TempCache('tempcache-examples', { maxAge: '1h' });

const countPrimes = cache.wrap(function countPrimes(limit) {
  console.log(`  counting the primes below ${limit}`);
  const composite = new Uint8Array(limit);
  let count = 0;
  for (let n = 2; n < limit; n += 1) {
    if (composite[n]) continue;
    count += 1;
    for (let multiple = n * n; multiple < limit; multiple += n) composite[multiple] = 1;
  }
  return count;
});

for (const limit of [1_000_000, 1_000_000, 2_000_000]) {
  console.log(`${countPrimes(limit)} primes below ${limit}`);
}
