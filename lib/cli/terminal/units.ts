import ms from 'ms';

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

const SIZES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.2 KB`. A kilobyte has 1,024 bytes, as in the options of a cache; no number has four digits. */
export function showSize(size: number): string {
  let unit = 0;
  let amount = size;
  while (Math.round(amount) >= 1000 && unit < SIZES.length - 1) {
    amount /= 1024;
    unit++;
  }
  // To tenths, unless that makes it 100: then there is room for no more.
  const shown = unit > 0 && amount < 99.95 ? amount.toFixed(1) : String(Math.round(amount));
  return `${shown} ${SIZES[unit]}`;
}

/** `12,345`. */
export function showCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `1 entry`, `2 entries`. */
export function showNumberOf(count: number, one: string, many = `${one}s`): string {
  return `${showCount(count)} ${count === 1 ? one : many}`;
}

/** How long something took: `850ms`, `1.5h`; `-3s` for what was lost. */
export function showTime(time: number): string {
  if (time <= -0.5) return `-${showTime(-time)}`;
  for (const [unit, length] of UNITS) {
    if (time >= length) return round(time / length) + unit;
  }
  return time > 0 && time < 1 ? '<1ms' : `${Math.round(time)}ms`;
}

/** A part of one: `97%`. */
export function showPart(part: number | undefined): string {
  return part === undefined ? '-' : `${Math.floor(part * 100)}%`;
}

/** How long ago: `3d ago`. */
export function showAge(at: number | undefined, now: number): string {
  // What is damaged may say anything.
  if (at === undefined || !(at > 0)) return '-';
  return now - at < 1000 ? 'now' : `${ms(now - at)} ago`;
}

/** When something ends: `in 4d`, `3h ago`, `never`. */
export function showEnd(at: number, now: number): string {
  if (at === Infinity) return 'never';
  return at > now ? `in ${ms(at - now)}` : showAge(at, now);
}

/** A moment, the same in every time zone: `2027-01-15 08:00:00 UTC`. */
export function showMoment(at: number): string {
  const isDate = at > 0 && at <= 8_640_000_000_000_000;
  return isDate
    ? new Date(at)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')
    : '-';
}

function round(amount: number): string {
  return amount < 10 ? String(Math.floor(amount * 10) / 10) : String(Math.floor(amount));
}

/** The numbers of calls that the folder of a cache keeps. */
export interface Calls {
  readonly hits: number;
  readonly misses: number;
  readonly stale: number;
  readonly coalesced: number;
}

/** The part of calls that nothing was computed for, from 0 to 1; undefined where no call was counted. */
export function hitRateOf({ hits, misses, stale, coalesced }: Calls): number | undefined {
  const served = hits + stale + coalesced;
  return served + misses === 0 ? undefined : served / (served + misses);
}

const LENGTH = 12;
/** A column in eighths. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar as long as the amount's part of the most; the least amount above 0 can be seen. */
export function barOf(amount: number, most: number): string {
  if (!(amount > 0 && most > 0)) return '';
  const eighths = Math.max(1, Math.round(Math.min(amount / most, 1) * LENGTH * PARTS.length));
  return '█'.repeat(Math.floor(eighths / PARTS.length)) + (PARTS[eighths % PARTS.length] ?? '');
}
