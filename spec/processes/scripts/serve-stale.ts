import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Calls a function whose values may be served past their age of one minute, once or as often as it is told to, and says what
 * it had, and what the cache told meanwhile. The function runs until the gate is there.
 */
const [path, log, gate, then] = scriptArgs<[string, string, string, 'listen' | 'end']>();
let events: string[] = [];
const cache = new TempCache(path, {
  maxAge: '1m',
  staleWhileRevalidate: true,
  onEvent: ({ type }) => events.push(type),
});
const load = cache.wrap(
  async (_n: number): Promise<string> => {
    appendFileSync(log, `${process.pid} `);
    while (!existsSync(gate)) await setTimeout(5);
    return 'new';
  },
  { name: 'load', version: '1' },
);

async function ask(n: number): Promise<void> {
  const value = await load(n);
  say({ value, events });
  events = [];
}

if (then === 'end') await ask(1);
else {
  const ears = hear((n) => {
    if (typeof n === 'number') return void ask(n);
    ears.close();
    process.stdin.destroy();
    return undefined;
  });
}
