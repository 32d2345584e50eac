import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Calls cached functions until it is told to stop, and counts what they gave and what the cache told. Told anything else, it
 * says when it has made one more round of calls.
 */
const [path] = scriptArgs<[string]>();
const told: Record<string, number> = {};
const cache = new TempCache(path, { onEvent: ({ type }) => (told[type] = (told[type] ?? 0) + 1) });
const failures: string[] = [];
let calls = 0;

const square = cache.wrap(function square(n: number) {
  return { n, square: n * n };
});
const repeat = cache.wrap(async function repeat(n: number) {
  return Buffer.alloc(n * 10_000, n);
});

async function round(): Promise<void> {
  const n = calls++ % 10;
  const { square: squared } = square(n);
  if (squared !== n * n) failures.push(`square(${n}) gave ${squared}`);
  const [bytes, same] = await Promise.all([repeat(n), repeat(n)]);
  if (!bytes.equals(Buffer.alloc(n * 10_000, n)) || !same.equals(bytes)) failures.push(`repeat(${n}) gave others`);
  const item = cache.itemForKey(n);
  if (!['none', 'value'].includes(item.tryLoad('none'))) failures.push('tryLoad() gave another value');
  item.save('value');
}

let stopped = false;
let isAsked = false;
const ears = hear((word) => {
  if (word !== 'stop') {
    isAsked = true;
    return;
  }
  stopped = true;
  ears.close();
  process.stdin.destroy();
});
say('ready');
const isStopped = (): boolean => stopped;
while (!isStopped()) {
  const answers = isAsked;
  try {
    await round();
  } catch (error) {
    failures.push(String((error as Error).stack));
  }
  if (answers) {
    isAsked = false;
    say('called');
  }
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
say({ failures: failures.slice(0, 5), calls, told });
