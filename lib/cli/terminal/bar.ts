const LENGTH = 12;
/** A column in eighths. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar as long as the amount's part of the most; the least amount above 0 can be seen. */
export function barOf(amount: number, most: number): string {
  if (!(amount > 0 && most > 0)) return '';
  const eighths = Math.max(1, Math.round(Math.min(amount / most, 1) * LENGTH * PARTS.length));
  return '█'.repeat(Math.floor(eighths / PARTS.length)) + (PARTS[eighths % PARTS.length] ?? '');
}
