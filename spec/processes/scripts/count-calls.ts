import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { TempCache } from '../../../lib/temp-cache.ts';
import { listenAsOthersDo, type OtherListener } from '../../support/other-listeners.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Makes calls of a function of a hundred arguments, says how many of them really called it, and ends as it is told to: by
 * itself, or after it has said so by a signal, while it waits or is busy. `others` are listeners to SIGTERM that it has besides.
 */
interface Task {
  readonly path: string;
  readonly calls: number;
  readonly ending: 'return' | 'exit' | 'error' | 'wait' | 'busy' | 'threads';
  readonly others?: readonly OtherListener[];
  readonly stats?: boolean;
}

const [given] = scriptArgs<[Task]>();
const { path, calls, ending, others = [], stats = true } = isMainThread ? given : (workerData as Task);
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

async function callInThreads(): Promise<void> {
  const endings = ['return', 'exit', 'error'] as const;
  const workers = endings.map(
    (end) => new Worker(new URL(import.meta.url), { workerData: { path, calls, ending: end } }),
  );
  for (const worker of workers) worker.on('error', () => undefined);
  await Promise.allSettled(workers.map((worker) => once(worker, 'exit')));
}

if (ending === 'threads') await callInThreads();
else {
  others.forEach(listenAsOthersDo);
  callAll();
}
if (ending === 'exit') process.exit(3);
if (ending === 'error') throw new Error('nobody catches it');
if (ending === 'busy') {
  say('busy');
  for (;;) performance.now();
}
if (ending === 'wait') {
  // A timer, for what is begun in this turn may come before what the cache has begun.
  await setImmediate();
  await setImmediate();
  hear(() => undefined);
  say('waiting');
}
