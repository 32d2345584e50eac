import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Reads one record until it is told to stop, and counts what it finds. */
const [path, id] = scriptArgs<[string, string]>();
const store = fileStore({ path });
const seen = { whole: 0, absent: 0, torn: 0, writers: [] as number[] };

function look(): void {
  const parts = store.get(id);
  if (parts === undefined) {
    seen.absent++;
    return;
  }
  const bytes = Buffer.concat(parts);
  const writer = bytes[0] ?? -1;
  const isWhole = bytes.length >= 100 && bytes.equals(Buffer.alloc(bytes.length, writer));
  seen[isWhole ? 'whole' : 'torn']++;
  if (!seen.writers.includes(writer)) seen.writers.push(writer);
}

const ears = hear(() => {
  clearInterval(timer);
  ears.close();
  process.stdin.destroy();
  seen.writers.sort((a, b) => a - b);
  say(seen);
});
const timer = setInterval(() => {
  for (let n = 0; n < 200; n++) look();
}, 0);
say('ready');
