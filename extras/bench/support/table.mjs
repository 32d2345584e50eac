/** A table in Markdown; all columns but the first are aligned to the right, unless `left` names them. */
export function markdown({ title, head, rows, left = [], notes = [] }) {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const isLeft = head.map((name, column) => column === 0 || left.includes(name));
  const line = (row) => `| ${row.map((cell, at) => pad(cell, widths[at], isLeft[at])).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (isLeft[at] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const body = [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
  return [title === undefined ? '' : `**${title}**\n`, body, notes.length > 0 ? `\n${notes.join('\n\n')}` : '']
    .filter((part) => part !== '')
    .join('\n');
}

function pad(text, width, isLeft) {
  return isLeft ? text.padEnd(width) : text.padStart(width);
}

/** Microseconds with three digits that count, and their unit. */
export function time(us) {
  if (Number.isNaN(us)) return '–';
  if (us >= 1e6) return `${digits(us / 1e6)} s`;
  if (us >= 1e4) return `${digits(us / 1000)} ms`;
  return `${digits(us)} us`;
}

export function times(ratio) {
  return Number.isNaN(ratio) ? '–' : `${digits(ratio)}x`;
}

export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Three digits that count: 0.123, 1.23, 12.3, 123, 1234. */
export function digits(number) {
  const size = Math.abs(number);
  if (size >= 100) return number.toFixed(0);
  if (size >= 10) return number.toFixed(1);
  return size >= 0.1 || size === 0 ? number.toFixed(2) : number.toFixed(3);
}

/** The rows of a table from what `paired` gives. */
export function timeRows(results, more = () => []) {
  return [...results.values()].map((result) => [
    result.name,
    time(result.median),
    time(result.p99),
    times(result.ratio),
    ...more(result),
  ]);
}
