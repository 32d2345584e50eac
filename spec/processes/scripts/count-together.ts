import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Counts as often as it is told, from when it hears the word; says what the count was last. */
const [path, times] = scriptArgs<[string, number]>();
const store = fileStore({ path });
store.count({ entries: 0, bytes: 0 });
const ears = hear(() => {
  ears.close();
  process.stdin.destroy();
  for (let n = 1; n < times; n++) store.count({ entries: 1, bytes: n });
  say(store.count({ entries: 1, bytes: times }));
});
say('ready');
