import { PEERS } from '../peers/index.mjs';
import { folderIn, inMemoryFolder } from '../support/folder.mjs';
import { runScript } from '../support/script.mjs';
import { megabytes } from '../support/table.mjs';

export const about =
  'What a process holds after it has called a cached function for that many different arguments (each a miss) and all of ' +
  'them once more, beyond what it held before; garbage collected. A process for each.';

const COUNT = 100_000;
const OTHERS = ['better-sqlite3', 'lmdb', 'cache-point, sync', 'persistent-cache', 'p-memoize'];

export function run({ options }) {
  const peers = options['no-peers'] ? [] : PEERS.filter(({ name }) => OTHERS.includes(name));
  return inMemoryFolder((folder) => measure(folder, [{ name: 'tempcache', file: 'tempcache.mjs' }, ...peers]));
}

async function measure(folder, all) {
  const rows = [];
  const figures = {};
  const notes = [];
  for (const { name, file } of all) {
    const args = [file, folderIn(folder, file), String(COUNT)];
    const { code, output } = await runScript('children/heap.mjs', args, { flags: ['--expose-gc'] });
    if (code === 0) {
      figures[name] = JSON.parse(output);
      rows.push([name, ...['heapUsed', 'external', 'rss'].map((what) => megabytes(figures[name][what]))]);
    } else notes.push(`Left out, does not run here: ${name}.`);
  }
  return { tables: [{ head: [`${COUNT} entries`, 'heap', 'external', 'resident'], rows, notes }], figures };
}
