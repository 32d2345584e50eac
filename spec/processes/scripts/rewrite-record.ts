import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, scriptArgs } from '../../support/script-side.ts';

/** Rewrites one record until it is told to stop: every byte of it is the number of the writer. */
const [path, id, writer] = scriptArgs<[string, string, number]>();
const store = fileStore({ path });
const sizes = [100, 5000, 65_536, 65_537, 200_000];

function rewrite(): void {
  for (const size of sizes) {
    store.set(id, [new Uint8Array(10).fill(writer), new Uint8Array(size - 10).fill(writer)], { expiresAt: Infinity });
  }
}

const timer = setInterval(rewrite, 0);
const ears = hear(() => {
  clearInterval(timer);
  ears.close();
  process.stdin.destroy();
});
