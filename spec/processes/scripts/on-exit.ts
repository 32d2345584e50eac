import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { onExit } from '../../../lib/runtime/on-exit.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/**
 * Two copies of the package have work to do at the end of this process, or of a thread in it. Says what is done, and how many
 * listeners there are.
 */
interface Copy {
  readonly onExit: typeof onExit;
}

type Ending = 'return' | 'exit' | 'error' | 'thread' | 'nothing';

const [given] = scriptArgs<[Ending]>();
const ending = isMainThread ? given : (workerData as Ending);
if (ending === 'thread') await once(new Worker(new URL(import.meta.url), { workerData: 'return' }), 'exit');
else await begin();

async function begin(): Promise<void> {
  const url = import.meta.resolve('../../../lib/runtime/on-exit.js');
  const [one, other] = (await Promise.all([import(url), import(`${url}?another`)])) as [Copy, Copy];
  // Node has listeners of its own.
  const before = process.listenerCount('exit');
  process.on('exit', () => say('of the program'));
  const cancels = [
    one.onExit('remove', () => say('removed')),
    other.onExit('release', () => say('released')),
    one.onExit('write', () => {
      say('written');
      one.onExit('release', () => say('released, too'));
      other.onExit('write', () => say('written late'));
      throw new Error('mine');
    }),
    other.onExit('write', () => say('written by another copy')),
  ];
  other.onExit('write', () => say('never'))();
  say({ isOther: one !== other, listeners: process.listenerCount('exit') - before });
  if (ending === 'nothing') {
    for (const cancel of [...cancels, ...cancels]) cancel();
    say({ listeners: process.listenerCount('exit') - before });
  }
  if (ending === 'exit') process.exit(5);
  if (ending === 'error') throw new Error('not caught');
}
