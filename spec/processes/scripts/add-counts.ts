import { setImmediate } from 'node:timers/promises';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Adds to counters so often whenever it is told to go on, after it has said that it does: whatever it adds then began after it
 * was told. Told to end, it says how often it has added, and ends.
 */
const [path, times] = scriptArgs<[string, number]>();
const { counters } = fileStore({ path });
let added = 0;
let left = 0;
let isAdding = false;

async function addOn(): Promise<void> {
  if (isAdding) return;
  isAdding = true;
  for (; left > 0; left--) {
    counters.add('calls', { [`hits:${process.pid}`]: 1, sum: ++added });
    if (left % 10 === 0) await setImmediate();
  }
  isAdding = false;
}

const ears = hear((told) => {
  if (told === 'go on') {
    say('going on');
    left += times;
    void addOn();
    return;
  }
  left = 0;
  say(added);
  ears.close();
  process.stdin.destroy();
});
say('ready');
