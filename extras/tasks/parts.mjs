/** How the package is cut: what can be imported and run, and what is loaded only when it is needed. */

/** By its name in `dist`, the module of lib behind each entry of `exports` in package.json: an entry is a line here. */
export const ENTRIES = {
  index: 'index',
  devalue: 'serializers/devalue',
  inspect: 'inspector/index',
  store: 'stores/index',
  'v8-serializer-utils': 'v8-serializer-utils/index',
};

/** The same for the command. */
export const COMMANDS = { cli: 'cli/main' };

/** What every process loads that imports the package, and all that a hit needs. */
export const CORE = 'core';

/**
 * The parts that are required when one of their functions is first called. Each has the rooms (`keys/`) and files
 * (`keys/encode`) that are named, and whatever else only they need; of two parts that need the same the first has it. A file
 * goes before its room, and one under `core` is loaded at once.
 *
 * What each process loads costs it 25 ns a byte, and a part half a millisecond more when it is needed. Whatever a call needs
 * between its miss and its end is of one part, which `calls/ready` loads before the function is called.
 */
export const PARTS = {
  [CORE]: ['maintenance/schedule', 'generators/objects', 'runs/items', 'runs/manifest'],
  miss: [
    'calls/miss-part',
    'calls/acquire',
    'calls/compute',
    'calls/save',
    'calls/put',
    'calls/leases',
    'stores/file/leases',
    'stores/file/lock-file',
    'stores/file/takeover',
    'v8-serializer-utils/lower',
    'v8-serializer-utils/plain',
    'v8-serializer-utils/complete',
    'v8-serializer-utils/shells',
  ],
  generators: ['generators/', 'runs/'],
  explain: ['functions/explain/', 'keys/explain'],
  memory: ['memory/', 'stores/memory-records', 'stores/watched'],
  upkeep: ['maintenance/', 'limits/', 'calls/item-info'],
  stats: ['stats/statistics', 'stats/stats', 'stats/census'],
  compression: ['serializers/compression'],
};

/** Modules of Node that few programs load by themselves; a hit needs none of them. */
export const LATER_OF_NODE = [
  'node:fs/promises',
  'node:perf_hooks',
  'node:readline',
  'node:stream',
  'node:timers/promises',
  'node:worker_threads',
];

/**
 * The part of each module.
 *
 * @param {(name: string) => string} idOf the id of a module by its path in lib
 * @param {(id: string) => readonly string[]} importsOf the ids of what a module imports
 * @param {Iterable<string>} ids all modules
 * @returns {Map<string, string>} the name of a part by the id of a module
 */
export function partsOf(ids, idOf, importsOf) {
  const wanted = wantedParts([...ids], idOf);
  const parts = new Map();
  const assign = (part, starts) => {
    const reached = new Set(starts.filter((id) => !parts.has(id)));
    for (const id of reached) {
      parts.set(id, part);
      for (const next of importsOf(id)) {
        if (!parts.has(next) && (wanted.get(next) ?? part) === part) reached.add(next);
      }
    }
  };
  assign(CORE, [idOf(ENTRIES.index)]);
  for (const part of Object.keys(PARTS))
    assign(
      part,
      [...wanted].filter(([, of]) => of === part).map(([id]) => id),
    );
  for (const [name, path] of Object.entries({ ...ENTRIES, ...COMMANDS })) assign(name, [idOf(path)]);
  return parts;
}

/** @throws Error for a line of {@link PARTS} that names nothing: what it named has another name now */
function wantedParts(ids, idOf) {
  const wanted = new Map();
  const lines = Object.entries(PARTS).flatMap(([part, paths]) => paths.map((path) => ({ part, path })));
  for (const { part, path } of lines.toSorted((a, b) => isRoom(a) - isRoom(b))) {
    const start = idOf(path).replace(/\/\.js$/, '/');
    const named = ids.filter((id) => (isRoom({ path }) ? id.startsWith(start) : id === start));
    if (named.length === 0) throw new Error(`extras/tasks/parts.mjs: ${part} names ${path}, which is not in lib`);
    for (const id of named) if (!wanted.has(id)) wanted.set(id, part);
  }
  return wanted;
}

function isRoom({ path }) {
  return path.endsWith('/');
}
