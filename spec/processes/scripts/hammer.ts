import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';
import { takeLease } from '../../support/lease.ts';

/** Uses a store in every way until it is told to stop; tells what went wrong. */
const [path, seed, root] = scriptArgs<[string, number, string | undefined]>();
const store = fileStore({ path, root: root ?? undefined });
const failures: string[] = [];
let rounds = 0;

function round(): void {
  const id = (rounds % 7).toString(16).repeat(64);
  const record = new Uint8Array(rounds % 3 === 0 ? 100_000 : 50).fill(seed);
  store.set(id, [record], { expiresAt: Infinity });
  const found = store.get(id);
  if (found !== undefined && Buffer.concat(found).length < 50) throw new Error('A torn record');
  store.peek(id);
  const lease = takeLease(store, id, 1000);
  for (const { size } of store.entries()) if (size < 50) throw new Error('A torn record in the listing');
  lease?.renew();
  if (rounds % 5 === 0) store.delete(id);
  if (rounds % 11 === 0) store.sweep();
  lease?.release();
}

const timer = setInterval(() => {
  try {
    round();
  } catch (error) {
    failures.push(String((error as Error).stack));
  }
  rounds++;
}, 0);
const ears = hear(() => {
  clearInterval(timer);
  ears.close();
  process.stdin.destroy();
  store.close();
  say({ failures, rounds: rounds > 0 });
});
say('ready');
