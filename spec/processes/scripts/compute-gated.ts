import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { TempCacheOptions } from '../../../lib/assemble.ts';
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
  /** Whether it throws then. */
  readonly fails?: boolean;
  readonly options?: TempCacheOptions;
}

/** Calls a cached function once and says so: `'asks'`, `'computes'` when the function runs, and what came of it. */
const [{ path, log, kind, gate, fails, options }] = scriptArgs<[Task]>();
const events: string[] = [];
const cache = new TempCache(path, { ...storeOf(path), ...options, onEvent: ({ type }) => events.push(type) });
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function begin(): void {
  appendFileSync(log, `${process.pid} `);
  say('computes');
}

function end(): object {
  if (fails === true) throw new Error(`failed in ${process.pid}`);
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
