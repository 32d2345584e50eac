const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A number of ms in words, to two units: `'2 days 3 hours'`, `'1 minute'`, `'250 ms'`, `'for ever'` for `Infinity`. */
export function durationInWords(ms: number): string {
  if (ms === Infinity) return 'for ever';
  const at = UNITS.findIndex(([, length]) => ms >= length);
  if (at === -1) return `${ms} ms`;
  const [name, length] = UNITS[at] as (typeof UNITS)[number];
  const [finerName, finer] = UNITS[at + 1] ?? ['ms', 1];
  const rest = Math.floor((ms % length) / finer);
  const first = counted(Math.floor(ms / length), name);
  return rest === 0 ? first : `${first} ${finer === 1 ? `${rest} ms` : counted(rest, finerName)}`;
}

/** As {@link durationInWords}, to the second where it is longer than that: for what has passed and what is left. */
export function timeInWords(ms: number): string {
  return durationInWords(ms < 1000 || ms === Infinity ? Math.floor(ms) : ms - (ms % 1000));
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
