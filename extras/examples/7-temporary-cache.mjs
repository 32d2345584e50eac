// A cache in a folder of its own, which goes away with it: for tests and for scripts that leave nothing behind.
import { existsSync } from 'node:fs';
import { TempCache } from 'tempcache';

const cache = TempCache.temporary();
const square = cache.wrap(function square(n) {
  return n * n;
});

console.log('squares:', [1, 2, 3].map(square));
console.log('items:', [...cache.items()].length, '- folder exists:', existsSync(cache.path));

cache[Symbol.dispose](); // Or `using cache = TempCache.temporary()` where the language has it.
console.log('folder exists:', existsSync(cache.path));
