import { PEERS, loadPeers } from '../peers/index.mjs';
import * as tempcache from '../peers/tempcache.mjs';
import { confusedArguments, lostTypes, sharesItsObjects, whileOverwritten } from '../support/values-check.mjs';
import { folderIn } from '../support/folder.mjs';

export const about =
  'What comes back. Types: `Map`, `Date`, `NaN`, `-0` in an object, and `undefined`, saved by one instance and read by ' +
  'another one (packages without files: by the same). Arguments: pairs of different arguments that are answered with the ' +
  'same value, where the package makes the keys itself. Its own object: whether a change of what was returned shows in ' +
  'the next hit. Overwritten: one process saves a long value over and over, this one reads it for half a second.';

const OURS = { name: 'tempcache', file: 'tempcache.mjs', hits: 'disk', open: tempcache.open };

export async function run({ folder, options }) {
  const { peers, missing } = options['no-peers'] ? { peers: [], missing: [] } : await loadPeers();
  const marks = {};
  const rows = [];
  for (const peer of [OURS, ...peers]) {
    const found = await examine(peer, folder);
    marks[peer.name] = markOf(found);
    rows.push([peer.name, found.types || 'none', found.args, found.shares ? 'yes' : 'no', found.overwritten]);
  }
  const head = ['', 'types changed or lost', 'arguments confused', 'own object', 'while it is overwritten'];
  const notes = missing.map((name) => `Not installed here: ${name}.`);
  return { tables: [{ head, rows, left: head, notes }], marks, ours: marks[OURS.name], count: PEERS.length };
}

async function examine(peer, folder) {
  const at = (what) => folderIn(folder, `${peer.file} ${what}`);
  const confused = await confusedArguments(peer, at('keys'));
  return {
    types: (await lostTypes(peer, at('types'))).join(', '),
    args: confused === undefined ? '– (keys by hand)' : confused.join(', ') || 'none',
    shares: await sharesItsObjects(peer, at('objects')),
    overwritten: await whileOverwritten(peer, at('torn')),
  };
}

/** In a few words, for the other tables. */
function markOf({ types, args, shares, overwritten }) {
  const parts = [];
  if (types !== '') parts.push('changes types');
  if (!args.startsWith('–') && args !== 'none') parts.push('mixes up arguments');
  if (shares) parts.push('own object');
  if (overwritten.includes(' of ')) parts.push('torn');
  return parts.length > 0 ? parts.join(', ') : 'right';
}
