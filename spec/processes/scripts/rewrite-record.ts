import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Rewrites one record for a while: every byte of it is the number of the writer. */
const [path, id, writer, ms] = scriptArgs<[string, string, number, number]>();
const store = fileStore({ path });
const sizes = [100, 5000, 65_536, 65_537, 200_000];
const end = performance.now() + ms;
let count = 0;
say('ready');
while (performance.now() < end) {
  const size = sizes[count % sizes.length] ?? 100;
  store.set(id, [new Uint8Array(10).fill(writer), new Uint8Array(size - 10).fill(writer)], { expiresAt: Infinity });
  count++;
}
say(count);
