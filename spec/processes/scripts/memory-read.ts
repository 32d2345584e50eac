import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Reads one item three times whenever it is told to, the last time some ms later. */
const [path] = scriptArgs<[string]>();
const cache = new TempCache(path, { memory: true });
const item = cache.itemForKey('key');
const read = (): unknown => item.tryLoad('absent');

const input = hear((told) => {
  if (told !== 'stop') return void answer(Number(told));
  input.close();
  process.stdin.destroy();
});

async function answer(ms: number): Promise<void> {
  const first = [read(), read()];
  await setTimeout(ms);
  say([...first, read()]);
}

say('ready');
