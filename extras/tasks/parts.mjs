/** How the package is cut: what can be imported and run, and what is loaded only when it is needed. */

/** By its name in `dist`, the module of lib behind each entry of `exports` in package.json: an entry is a line here. */
export const ENTRIES = {
  index: 'index',
  devalue: 'serializers/devalue',
  inspect: 'inspector/index',
  keyv: 'peers/keyv',
  lmdb: 'stores/lmdb/lmdb-store',
  redis: 'stores/redis/redis-store',
  sql: 'stores/sql/sql-store',
  sqlite: 'stores/sqlite/sqlite-store',
  store: 'stores/index',
  testing: 'testing/index',
  unstorage: 'peers/unstorage',
  'v8-serializer-utils': 'v8-serializer-utils/index',
};

/** The same for the command. */
export const COMMANDS = { cli: 'cli/main' };

/** What every process loads that imports the package. */
export const CORE = 'core';

/**
 * The part of each room, and of single files. Parts are required when one of their functions is first called, but for the
 * core. What a hit runs is of the core, whatever its room (see `hit.mjs`), and so is what the core needs while it is loaded; what
 * only another entry needs is of the part of that entry.
 *
 * What is loaded costs each process 25 ns a byte, and a part half a millisecond more. Whatever a call needs between its
 * miss and its end, and cannot do without, is of one part, which is loaded before the function is called: see `calls/ready`.
 */
const PARTS = {
  '': CORE,
  common: CORE,
  options: CORE,
  runtime: CORE,
  keys: CORE,
  functions: CORE,
  'stores/file/failure': CORE,
  'functions/explain': 'explain',
  calls: 'miss',
  'calls/ready': CORE,
  'calls/refresh-in-background': CORE,
  'calls/refresh': CORE,
  'calls/refreshes': CORE,
  'calls/run': CORE,
  records: 'miss',
  serializers: 'miss',
  stores: 'miss',
  'stores/memory': 'memory',
  'stores/schemes': CORE,
  'stores/watched': 'memory',
  usage: 'miss',
  'v8-serializer-utils': 'miss',
  generators: 'generators',
  'generators/objects': CORE,
  runs: 'generators',
  memory: 'memory',
  limits: 'upkeep',
  maintenance: 'upkeep',
  'maintenance/policy': 'miss',
  'maintenance/prune-slice': 'miss',
  stats: 'stats',
};

/** Modules of Node that few programs load by themselves; a hit needs none of them. */
export const LATER_OF_NODE = [
  'node:fs/promises',
  'node:perf_hooks',
  'node:readline',
  'node:stream',
  'node:test',
  'node:timers/promises',
  'node:worker_threads',
];

/**
 * The part of each module.
 *
 * @param {object} graph paths are those of lib, without extension; what is not of lib has a path that begins with `node_modules/`
 * @param {readonly string[]} graph.paths all modules
 * @param {(path: string) => readonly string[]} graph.importsOf
 * @param {(path: string) => readonly string[]} graph.neededBy what a module imports that it needs while it is loaded
 * @param {ReadonlySet<string>} graph.hit the modules that a hit runs
 * @returns {Map<string, string>} the name of a part by the path of a module
 */
export function partsOf({ paths, importsOf, neededBy, hit }) {
  checkThatAllExist(paths);
  const parts = new Map();
  const main = reachedFrom([ENTRIES.index], importsOf);
  for (const path of main) parts.set(path, partOfRoom(path));
  const core = [...main].filter((path) => hit.has(path) || parts.get(path) === CORE);
  for (const path of reachedFrom(core, neededBy)) parts.set(path, CORE);
  for (const [name, path] of Object.entries({ ...ENTRIES, ...COMMANDS })) {
    for (const reached of reachedFrom([path], importsOf)) if (!parts.has(reached)) parts.set(reached, name);
  }
  return parts;
}

function reachedFrom(starts, next) {
  const reached = new Set(starts);
  for (const path of reached) for (const imported of next(path)) reached.add(imported);
  return reached;
}

/** The line of {@link PARTS} that is closest. @throws Error for a room that has none */
function partOfRoom(path) {
  if (path.startsWith('node_modules/')) return CORE;
  for (let room = path; room !== ''; room = room.split('/').slice(0, -1).join('/')) {
    if (Object.hasOwn(PARTS, room)) return PARTS[room];
  }
  if (!path.includes('/')) return PARTS[''];
  throw new Error(`A new room of lib needs its line in extras/tasks/parts.mjs: ${path}`);
}

/** @throws Error for a line of {@link PARTS} that names nothing: what it named has another name now */
function checkThatAllExist(paths) {
  const names = Object.keys(PARTS);
  const missing = names.filter((name) => !paths.some((path) => path === name || path.startsWith(name && `${name}/`)));
  if (missing.length > 0) throw new Error(`extras/tasks/parts.mjs names what lib has not: ${missing.join(', ')}`);
}
