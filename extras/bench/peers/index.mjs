import { createRequire } from 'node:module';

/**
 * What we compare with. `hits` says where a hit comes from: the disk each time, or the memory of the process. Each module
 * exports `open(folder)`, which gives a handle:
 *
 *     isSync           whether get and set give values and not promises
 *     get, set         by a key that is made by hand, a string; or
 *     wrap(fn)         where the package wraps functions and makes the keys by itself
 *     flush, close     optional
 */
export const PEERS = [
  { name: 'memoize-fs', file: 'memoize-fs.mjs', packages: ['memoize-fs'], hits: 'disk' },
  { name: 'file-system-cache, async', file: 'file-system-cache.mjs', packages: ['file-system-cache'], hits: 'disk' },
  {
    name: 'file-system-cache, sync',
    file: 'file-system-cache-sync.mjs',
    packages: ['file-system-cache'],
    hits: 'disk',
  },
  { name: 'keyv + keyv-file, a file per key', file: 'keyv-files.mjs', packages: ['keyv', 'keyv-file'], hits: 'disk' },
  { name: 'cacache', file: 'cacache.mjs', packages: ['cacache'], hits: 'disk' },
  { name: 'unstorage, fs driver', file: 'unstorage.mjs', packages: ['unstorage'], hits: 'disk' },
  { name: 'bentocache, file driver', file: 'bentocache.mjs', packages: ['bentocache'], hits: 'disk' },
  { name: 'cache-point, async', file: 'cache-point.mjs', packages: ['cache-point'], hits: 'disk' },
  { name: 'cache-point, sync', file: 'cache-point-sync.mjs', packages: ['cache-point'], hits: 'disk' },
  { name: 'persistent-cache, no memory', file: 'persistent-cache.mjs', packages: ['persistent-cache'], hits: 'disk' },
  { name: 'p-memoize over keyv-file', file: 'p-memoize-file.mjs', packages: ['p-memoize', 'keyv-file'], hits: 'disk' },
  { name: 'better-sqlite3', file: 'better-sqlite3.mjs', packages: ['better-sqlite3'], hits: 'disk', isEngine: true },
  { name: 'lmdb', file: 'lmdb.mjs', packages: ['lmdb'], hits: 'disk', isEngine: true },
  { name: 'keyv + keyv-file, one file', file: 'keyv-file.mjs', packages: ['keyv', 'keyv-file'], hits: 'memory' },
  { name: 'flat-cache', file: 'flat-cache.mjs', packages: ['flat-cache'], hits: 'memory' },
  { name: 'cacheable over keyv-file', file: 'cacheable.mjs', packages: ['cacheable', 'keyv-file'], hits: 'memory' },
  {
    name: 'cache-manager over keyv-file',
    file: 'cache-manager.mjs',
    packages: ['cache-manager', 'keyv-file'],
    hits: 'memory',
  },
  { name: 'persistent-cache', file: 'persistent-cache-memory.mjs', packages: ['persistent-cache'], hits: 'memory' },
  { name: 'p-memoize', file: 'p-memoize.mjs', packages: ['p-memoize'], hits: 'memory', isVolatile: true },
];

/** The packages of all peers. */
export const PACKAGES = [...new Set(PEERS.flatMap(({ packages }) => packages))].toSorted();

const { optionalDependencies } = createRequire(import.meta.url)('../package.json');

/**
 * Loads the peers for which `isWanted` holds; one that does not load is reported and left out.
 *
 * @returns {Promise<{ peers: object[], missing: string[] }>}
 */
export async function loadPeers(isWanted = () => true) {
  const peers = [];
  const missing = [];
  for (const peer of PEERS.filter((each) => isWanted(each))) {
    try {
      const { open } = await import(`./${peer.file}`);
      peers.push({ ...peer, open });
    } catch (error) {
      missing.push(`${peer.name} (${peer.packages.map((name) => `${name} ${optionalDependencies[name]}`).join(', ')})`);
      console.error(`Left out: ${peer.name} does not load: ${String(error).split('\n')[0]}`);
    }
  }
  return { peers, missing };
}
