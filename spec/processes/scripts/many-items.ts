import { fileStore, TempCache } from '../../../lib/index.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Goes over a cached generator of many items; `hold` keeps all of them, as an array would. Says what it saw. */
const [path, count, hold] = scriptArgs<[string, number, boolean]>();
const events: string[] = [];
const cache = new TempCache('many', { store: fileStore({ path }), onEvent: ({ type }) => void events.push(type) });

const rows = cache.wrap(
  function* rows(to: number): Generator<string, string> {
    for (let id = 0; id < to; id++) yield `row number ${id}`;
    return 'all of them';
  },
  { name: 'rows' },
);

const held: string[] = [];
let items = 0;
let characters = 0;
let peakHeap = 0;
const generator = rows(count);
let result = generator.next();
for (; result.done !== true; result = generator.next()) {
  characters += result.value.length;
  if (hold) held.push(result.value);
  if (++items % 10_000 === 0) peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
}
say({ items, characters, returned: result.value, events, peakHeap, held: held.length });
