import { countsOf } from '../../../lib/stats/thread-counts.ts';
import { compactStatistics } from '../../../lib/stats/statistics.ts';
import { carryOutSync } from '../../../lib/runtime/steps.ts';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Counts calls and writes the counts down after each few, in the same note or in the next one, and merges what others have
 * written, all as fast as it can. Told a number, it makes so many calls and says so; told anything else, it ends.
 */
const [path, merges] = scriptArgs<[string, boolean]>();
const store = fileStore({ path });
const cache = new TempCache(path, { store });
const same = cache.wrap((n: number) => n, { name: 'same' });
const counts = countsOf(store.scope);

function countOn(calls: number): void {
  for (let call = 1; call <= calls; call++) {
    same(0);
    if (call % 10 !== 0) continue;
    carryOutSync(counts.write(store, call % 30 === 0));
    if (merges) carryOutSync(compactStatistics(store));
  }
  carryOutSync(counts.write(store, false));
}

const ears = hear((told) => {
  if (typeof told !== 'number') {
    ears.close();
    process.stdin.destroy();
    return;
  }
  countOn(told);
  say('counted');
});
say('ready');
