import { once } from 'node:events';
import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Makes calls of a function of a hundred arguments, says how many of them really called it, and ends as it is told to: by
 * itself, or after it has said so by a signal, while it waits or is busy in a computation.
 */
interface Task {
  readonly path: string;
  readonly calls: number;
  readonly ending: 'return' | 'exit' | 'error' | 'wait' | 'busy' | 'threads';
  readonly stats?: boolean;
}

const [given] = scriptArgs<[Task]>();
const { path, calls, ending, stats = true } = isMainThread ? given : (workerData as Task);
let computed = 0;

function callAll(): void {
  const cache = new TempCache(path, { stats });
  const count = (n: number): number => {
    computed++;
    return n;
  };
  const cached = cache.wrap(count, { name: 'count' });
  for (let call = 0; call < calls; call++) cached(call % 100);
  say({ computed });
}

function computeForEver(): void {
  for (;;) performance.now();
}

/** How many listeners there are to each signal. */
function listeners(): Record<string, number> {
  return Object.fromEntries(Object.keys(constants.signals).map((signal) => [signal, process.listenerCount(signal)]));
}

async function callInThreads(): Promise<void> {
  const endings = ['return', 'exit', 'error'] as const;
  const workers = endings.map(
    (end) => new Worker(new URL(import.meta.url), { workerData: { path, calls, ending: end } }),
  );
  for (const worker of workers) worker.on('error', () => undefined);
  await Promise.allSettled(workers.map((worker) => once(worker, 'exit')));
}

if (ending === 'threads') await callInThreads();
else callAll();
if (ending === 'exit') process.exit(3);
if (ending === 'error') throw new Error('nobody catches it');
if (ending === 'wait' || ending === 'busy') {
  // What the cache begins in a later turn has begun.
  await setImmediate();
  await setImmediate();
  say(listeners());
  if (ending === 'busy') new TempCache(path, { stats }).cacheResult(computeForEver);
  hear(() => undefined);
}
