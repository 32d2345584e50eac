import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Reads one entry, through the cache, until it is told to stop, and counts what it finds. */
const [path] = scriptArgs<[string]>();
const told: Record<string, number> = {};
const cache = new TempCache(path, { onEvent: ({ type }) => (told[type] = (told[type] ?? 0) + 1) });
const item = cache.itemForKey('one');
const seen = { whole: 0, others: 0, missing: 0, writers: [] as number[] };

interface Value {
  readonly writer: number;
  readonly numbers: readonly number[];
}

function look(): void {
  const value = item.tryLoad<Value | undefined>(undefined);
  if (!item.exists() || item.info() === undefined) seen.missing++;
  if (value === undefined) return;
  const isWhole = value.numbers.length > 0 && value.numbers.every((number) => number === value.writer);
  seen[isWhole ? 'whole' : 'others']++;
  if (!seen.writers.includes(value.writer)) seen.writers.push(value.writer);
}

const timer = setInterval(() => {
  for (let n = 0; n < 20; n++) look();
}, 0);
const ears = hear(() => {
  clearInterval(timer);
  ears.close();
  process.stdin.destroy();
  say({ ...seen, writers: seen.writers.sort((a, b) => a - b), told });
});
say('ready');
