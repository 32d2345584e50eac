import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../../lib/temp-cache.ts';
import { storeOf } from '../../support/store-of.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Asks three times for one value in every round that it is told to, and says what came of it. The function that computes
 * it leaves its mark in the log whenever it runs. An item can be computed by functions of different kinds.
 */
type Kind = 'sync' | 'async' | 'promise';
const [path, log, kind, through] = scriptArgs<[string, string, Kind, 'function' | 'item']>();
const cache = new TempCache(path, storeOf(path));
const sleeper = new Int32Array(new SharedArrayBuffer(4));

interface Value {
  readonly round: number;
  readonly by: string;
}

function run(round: number): Value {
  appendFileSync(log, `${round} `);
  return { round, by: `${process.pid} ${Math.random()}` };
}

const sync = (round: number): Value => {
  Atomics.wait(sleeper, 0, 0, round % 8);
  return run(round);
};
const async = async (round: number): Promise<Value> => {
  await setTimeout(round % 8);
  return run(round);
};
const promise = (round: number): Promise<Value> => async(round);
const compute = { sync, async, promise }[kind];
const load: (round: number) => unknown =
  through === 'function'
    ? cache.wrap(compute, { name: 'load' })
    : (round) => cache.itemForKey(round).loadOrSave(() => compute(round));

const ears = hear((round) => {
  if (round === 'end') {
    ears.close();
    process.stdin.destroy();
    return;
  }
  const answers = [1, 2, 3].map(() => load(round as number));
  void Promise.all(answers).then(say);
});
say('ready');
