/** In the order in which all are run. */
export const ALL = [
  'hit',
  'miss',
  'save-over',
  'memory',
  'key',
  'captures',
  'cold-start',
  'entries',
  'processes',
  'concurrent',
  'heap',
  'off',
  'large',
  'values',
  'targets',
];

/**
 * @param {string} name
 * @returns {Promise<{ about: string, needs?: string[], run: Function }>} `needs` names the benchmarks whose reports it
 *   reads; `run({ folder, reports, options })` gives tables, figures by name, and what others read of it.
 */
export function loadBenchmark(name) {
  return import(`./${name}.mjs`);
}
