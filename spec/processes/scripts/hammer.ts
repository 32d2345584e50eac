import { setImmediate } from 'node:timers/promises';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { takeLease } from '../../support/lease.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Uses a store in every way, again and again; says what went wrong. */
const [path, seed, { root, rounds }] = scriptArgs<[string, number, { root: string; rounds: number }]>();
const store = fileStore({ path, root });
const failures: string[] = [];

function use(round: number): void {
  const id = (round % 7).toString(16).repeat(64);
  const record = new Uint8Array(round % 3 === 0 ? 100_000 : 50).fill(seed);
  store.set(id, [record], { expiresAt: Infinity });
  const found = store.get(id);
  if (found !== undefined && Buffer.concat(found).length < 50) throw new Error('A torn record');
  store.peek(id);
  const lease = takeLease(store, id, 1000);
  for (const { size } of store.entries()) if (size < 50) throw new Error('A torn record in the listing');
  lease?.renew();
  if (round % 5 === 0) store.delete(id);
  if (round % 11 === 0) store.sweep();
  lease?.release();
}

for (let round = 0; round < rounds; round++) {
  try {
    use(round);
  } catch (error) {
    failures.push(String((error as Error).stack));
  }
  await setImmediate();
}
store.close();
say(failures);
