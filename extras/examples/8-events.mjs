// What the cache does can be watched: by `onEvent`, or from anywhere in the process through diagnostics channels.
import { subscribe } from 'node:diagnostics_channel';
import { TempCache } from 'tempcache';

subscribe('tempcache:hit', ({ name }) => console.log(`  (channel) a hit of ${name}`));

const cache = TempCache.temporary({
  onEvent: ({ type, name, reason }) => console.log(`  ${type} ${name}${reason ? `, ${reason}` : ''}`),
});

const greet = cache.wrap(function greet(who) {
  return `Hello, ${who}!`;
});

console.log(greet('Ada'));
console.log(greet('Ada'));
greet.cache.itemFor('Ada').delete();
console.log(greet('Ada'));
