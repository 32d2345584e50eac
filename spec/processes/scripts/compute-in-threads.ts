import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/temp-cache.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Four threads and the main one ask for one value, three times each, at the same time; says what they have, round after round. */
interface Task {
  readonly path: string;
  readonly kind: 'sync' | 'async';
  readonly runs: Int32Array;
}

const ROUNDS = 20;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function callerOf({ path, kind, runs }: Task): (round: number) => Promise<unknown[]> {
  const cache = new TempCache(path);
  const name = 'load';
  const sync = (round: number): number => {
    Atomics.wait(sleeper, 0, 0, round % 5);
    return Atomics.add(runs, round, 1) + round * 100;
  };
  const async = async (round: number): Promise<number> => {
    await setTimeout(round % 5);
    return Atomics.add(runs, round, 1) + round * 100;
  };
  const load = cache.wrap<(round: number) => unknown>(kind === 'sync' ? sync : async, { name });
  return async (round) => Promise.all([load(round), load(round), load(round)]);
}

if (isMainThread) {
  const [path, kind] = scriptArgs<[string, 'sync' | 'async']>();
  const runs = new Int32Array(new SharedArrayBuffer(4 * ROUNDS));
  const task: Task = { path, kind, runs };
  const workers = [1, 2, 3, 4].map(() => new Worker(new URL(import.meta.url), { workerData: task }));
  const heard = async (worker: Worker): Promise<unknown> => (await once(worker, 'message'))[0];
  await Promise.all(workers.map(heard));
  const call = callerOf(task);
  for (let round = 0; round < ROUNDS; round++) {
    const answers = workers.map(heard);
    for (const worker of workers) worker.postMessage(round);
    say({ values: [...(await call(round)), ...(await Promise.all(answers)).flat()], runs: runs[round] });
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
} else {
  const call = callerOf(workerData as Task);
  parentPort?.on('message', (round: number) => void call(round).then((values) => parentPort?.postMessage(values)));
  parentPort?.postMessage('ready');
}
