import { TempCache } from '../../../lib/temp-cache.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Reads one entry, through the cache, until it has found it as often as it is told from every writer; says what it has found. */
const [path, wanted] = scriptArgs<[string, Readonly<Record<string, number>>]>();
const told: Record<string, number> = {};
const cache = new TempCache(path, { onEvent: ({ type }) => (told[type] = (told[type] ?? 0) + 1) });
const item = cache.itemForKey('one');
const seen = { others: 0, missing: 0 };
const whole = new Map<string, number>();

interface Value {
  readonly writer: number;
  readonly numbers: readonly number[];
}

function look(): void {
  const value = item.tryLoad<Value | undefined>(undefined);
  if (!item.exists() || item.info() === undefined) seen.missing++;
  if (value === undefined) return;
  const isWhole = value.numbers.length > 0 && value.numbers.every((number) => number === value.writer);
  if (isWhole) whole.set(String(value.writer), (whole.get(String(value.writer)) ?? 0) + 1);
  else seen.others++;
}

while (!Object.entries(wanted).every(([writer, times]) => (whole.get(writer) ?? 0) >= times)) look();
say({
  ...seen,
  whole: [...whole.values()].reduce((sum, times) => sum + times, 0),
  writers: [...whole.keys()].sort(),
  told,
});
