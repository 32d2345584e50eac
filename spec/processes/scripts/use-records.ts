import { LastUses } from '../../../lib/usage/last-use.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Records uses of so many records, one after the other, in one turn of the event loop: no timer runs meanwhile. */
const [records, uses, isLimited] = scriptArgs<[number, number, boolean]>();
/** No two begin alike. */
const ids = Array.from({ length: records }, (_, n) =>
  ((n * 0x9e37_79b1) % 2 ** 28).toString(16).padStart(7, '0').padEnd(64, '0'),
);
const lastUses = new LastUses();
const context = { store: memoryStore(), usage: isLimited ? {} : undefined };

for (let n = 0; n < uses; n++) lastUses.record(ids[n % records] as string, context);
say({ known: ids.filter((id) => lastUses.lastUse(id) !== undefined).length });
process.exit();
