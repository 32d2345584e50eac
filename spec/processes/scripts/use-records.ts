import { LastUses } from '../../../lib/usage/last-use.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Records uses of so many records, one after the other, in one turn of the event loop: no timer runs meanwhile. */
const [records, uses, isLimited] = scriptArgs<[number, number, boolean]>();
const ids = Array.from({ length: records }, (_, n) => n.toString(16).padStart(8, '0').repeat(8));
const lastUses = new LastUses();
const context = { store: memoryStore(), usage: isLimited ? {} : undefined };

for (let n = 0; n < uses; n++) lastUses.record(ids[n % records] as string, context);
say({ known: ids.filter((id) => lastUses.lastUse(id) !== undefined).length });
process.exit();
