import { carryOutInBackground } from '../../../lib/runtime/background.ts';
import type { Steps } from '../../../lib/runtime/steps.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Does so many steps in the background while it waits for a word, says that they are done, and ends at that word. */
const [steps] = scriptArgs<[number]>();

function* count(): Steps<string> {
  for (let n = 0; n < steps; n++) yield n;
  return 'done';
}

const ears = hear(() => {
  ears.close();
  process.stdin.destroy();
});
say(await carryOutInBackground(count()));
