import { setImmediate } from 'node:timers/promises';
import type { atProcessEnd } from '../../../lib/runtime/process-end.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Two copies of the package have work to do at the end of this process. Says what is done, and how many listeners there are. */
interface Copy {
  readonly atProcessEnd: typeof atProcessEnd;
}

const [ending] = scriptArgs<['return' | 'exit' | 'SIGTERM' | 'nothing']>();
const url = import.meta.resolve('../../../lib/calls/process-end.js');
const [one, other] = (await Promise.all([import(url), import(`${url}?another`)])) as [Copy, Copy];

// Node has listeners of its own.
const before = process.listenerCount('exit');
const listeners = (): object => ({
  exit: process.listenerCount('exit') - before,
  term: process.listenerCount('SIGTERM'),
});
const takeBack = [
  one.atProcessEnd(() => say('first')),
  one.atProcessEnd(() => {
    throw new Error('mine');
  }),
  other.atProcessEnd(() => say('second')),
];
const early = process.listenerCount('SIGTERM');
await setImmediate();
await setImmediate();
say({ isOther: one !== other, early, ...listeners() });
if (ending === 'nothing') {
  for (const take of takeBack) take();
  say(listeners());
}
if (ending === 'exit') process.exit(5);
if (ending === 'SIGTERM') {
  process.kill(process.pid, 'SIGTERM');
  setInterval(() => undefined, 1000);
}
