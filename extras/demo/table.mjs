// Prints the runs as a table.

/**
 * What one run reports.
 *
 * @typedef {object} Run
 * @property {string} title
 * @property {number} files
 * @property {number} computed
 * @property {number} served
 * @property {number} ms The time of all calls together, reading the files included.
 * @property {number} processMs The time of the whole process, start of Node and loading of the parser included.
 * @property {number} symbols
 * @property {number} nodes
 * @property {number} depth
 * @property {{ fileName: string, name: string, count: number }} mostUsed The name used most in one file.
 * @property {string} digest
 */

/** @param {Run[]} runs */
export function printTable(runs) {
  const first = runs[0]?.ms ?? 0;
  const rows = runs.map((run) => [
    run.title,
    String(run.files),
    String(run.computed),
    String(run.served),
    `${run.ms.toFixed(0)} ms`,
    `${(first / run.ms).toFixed(1)}x`,
    `${run.processMs.toFixed(0)} ms`,
  ]);
  const table = [['run', 'files', 'computed', 'served', 'calls took', 'speed-up', 'whole process'], ...rows];
  for (const row of table) console.log(row.map((cell, column) => pad(cell, column, table)).join('  '));
}

/**
 * @param {string} cell
 * @param {number} column
 * @param {string[][]} table
 */
function pad(cell, column, table) {
  const width = Math.max(...table.map((row) => row[column]?.length ?? 0));
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
