import { idOf } from './key-ids.ts';
import { departures, lawful, pairsOf } from './key-pairs.ts';

/** Run as a program by plain Node: prints the ids of all pairs. */
const ids = pairsOf([...lawful, ...departures]).map(({ first, second }) => [idOf(first()), idOf(second())]);
process.stdout.write(JSON.stringify(ids));
