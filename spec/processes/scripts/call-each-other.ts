import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Two cached functions, each of which needs the other one's value for the same number. Called in two processes at the same
 * time, one through `ping` and the other through `pong`, each has begun what the other one needs. How deep a call is, which
 * ends it, is no part of its key.
 */
const [path, kind] = scriptArgs<[string, 'sync' | 'async']>();
const cache = new TempCache(path);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const key = (n: number): number => n;

const sync: Record<string, (n: number, depth?: number) => number> = {
  ping: cache.wrap((n: number, depth = 0) => meet(n, depth, 'pong'), { name: 'ping', key }),
  pong: cache.wrap((n: number, depth = 0) => meet(n, depth, 'ping'), { name: 'pong', key }),
};
const async: Record<string, (n: number, depth?: number) => Promise<number>> = {
  ping: cache.wrap(async (n: number, depth = 0) => meetLater(n, depth, 'pong'), { name: 'async ping', key }),
  pong: cache.wrap(async (n: number, depth = 0) => meetLater(n, depth, 'ping'), { name: 'async pong', key }),
};

function meet(n: number, depth: number, other: string): number {
  Atomics.wait(sleeper, 0, 0, n % 4);
  return depth < 2 ? (sync[other]?.(n, depth + 1) ?? 0) : n;
}

async function meetLater(n: number, depth: number, other: string): Promise<number> {
  await setTimeout(n % 4);
  return depth < 2 ? ((await async[other]?.(n, depth + 1)) ?? 0) : n;
}

const ears = hear((told) => {
  if (told === 'end') {
    ears.close();
    process.stdin.destroy();
    return;
  }
  const [name, n] = told as [string, number];
  const answer = (kind === 'sync' ? sync : async)[name]?.(n);
  void Promise.resolve(answer).then(say);
});
say('ready');
