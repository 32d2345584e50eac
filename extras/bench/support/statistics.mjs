/** The value below which a share of the numbers lies; NaN of none. @param {ArrayLike<number>} numbers */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** @param {ArrayLike<number>} numbers */
export function median(numbers) {
  return quantile(numbers, 0.5);
}
