import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';
import { takeLease } from '../../support/lease.ts';

/** Takes a lease, blocks its thread if told to, and holds it until it is told to stop. */
const [path, id, then] = scriptArgs<[string, string, 'wait' | 'block' | 'exit']>();
const store = fileStore({ path });
const lease = takeLease(store, id, 60_000);
say(lease === undefined ? 'held' : { takenOver: lease.takenOver });
if (then === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
if (then === 'wait') {
  const ears = hear(() => {
    lease?.release();
    say('released');
    ears.close();
    process.stdin.destroy();
  });
}
