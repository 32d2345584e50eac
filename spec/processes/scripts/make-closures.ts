import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/index.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Makes and calls cached functions that are gone again, and says how many of them are kept, and by how many bytes each the heap grew. */
const [path, kind, count] = scriptArgs<[string, 'wrap' | 'cacheResult', number]>();
const cache = new TempCache(path);
const client = { get: (n: number): number => n * 2 };
let collected = 0;
const registry = new FinalizationRegistry<void>(() => (collected += 1));

function callOne(n: number): unknown {
  const scale = function scale(x: number): number {
    return client.get(x) * n;
  };
  registry.register(scale, undefined);
  return kind === 'wrap' ? cache.wrap(scale)(1) : cache.cacheResult(scale, 1);
}

async function heapAfter(from: number, to: number): Promise<number> {
  for (let n = from; n < to; n++) callOne(n);
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc?.();
    await setTimeout(10);
  }
  return process.memoryUsage().heapUsed;
}

const before = await heapAfter(0, count);
const after = await heapAfter(count, 2 * count);
say({ kept: 2 * count - collected, grown: Math.round((after - before) / count) });
