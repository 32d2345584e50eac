import { TempCache } from '../../../lib/index.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Makes a temporary cache, says where, and ends as it is told. */
const [ending] = scriptArgs<['return' | 'exit' | 'throw' | 'unhandled']>();
const cache = TempCache.temporary();
cache.itemForKey(1).save('value');
say({ path: cache.path, other: TempCache.temporary().path });

const listener = hear(() => {
  listener.close();
  process.stdin.destroy();
  if (ending === 'exit') process.exit(3);
  if (ending === 'throw') throw new Error('thrown');
  if (ending === 'unhandled') void Promise.reject(new Error('unhandled'));
});
