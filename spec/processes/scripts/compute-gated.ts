import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { CacheEvent } from '../../../lib/common/events.ts';
import type { TempCacheOptions } from '../../../lib/assemble.ts';
import { NoCache } from '../../../lib/calls/no-cache.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { storeOf } from '../../support/store-of.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** What this process does. */
interface Task {
  readonly path: string;
  /** Where the function leaves its mark whenever it runs. */
  readonly log: string;
  readonly kind: 'sync' | 'async';
  /** The function ends when this file is there; undefined for at once. */
  readonly gate?: string;
  /** What it does then; default: it gives a value. */
  readonly ending?: 'throws' | 'throws NoCache' | 'gives a function';
  readonly options?: TempCacheOptions;
}

/** Calls a cached function once and says so: `'asks'`, `'waits'`, `'computes'` when the function runs, and what came of it. */
const [{ path, log, kind, gate, ending, options }] = scriptArgs<[Task]>();
const events: string[] = [];
const onEvent = ({ type }: CacheEvent): void => (type === 'wait' ? say('waits') : void events.push(type));
const cache = new TempCache(path, { ...storeOf(path), ...options, onEvent });
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function begin(): void {
  appendFileSync(log, `${process.pid} `);
  say('computes');
}

function end(): object {
  if (ending === 'throws') throw new Error(`failed in ${process.pid}`);
  if (ending === 'throws NoCache') throw new NoCache({ by: process.pid });
  if (ending === 'gives a function') return Object.assign(() => 0, { by: process.pid });
  return { by: process.pid, filler: 'x'.repeat(100_000) };
}

const isOpen = (): boolean => gate === undefined || existsSync(gate);

function sync(): object {
  begin();
  while (!isOpen()) Atomics.wait(sleeper, 0, 0, 5);
  return end();
}

async function async(): Promise<object> {
  begin();
  while (!isOpen()) await setTimeout(5);
  return end();
}

const load = cache.wrap<() => unknown>(kind === 'sync' ? sync : async, { name: 'load' });
say('asks');
try {
  const { by } = (await load()) as { by: number };
  say({ by, events });
} catch (error) {
  say({ failure: (error as Error).message, events });
}
