/** The lines that `$TEMPCACHE_DEBUG` asks for: one for each call, and a summary at the end of the process. */

import process from 'node:process';

import { textOf, timeInWords } from '../common/describe.ts';
import type { MissReason } from '../common/events.ts';
import type { Outcome } from '../records/outcome.ts';
import { onExit } from '../runtime/on-exit.ts';
import { CallCounters } from '../stats/counters.ts';
import type { Store, StoreEntry } from '../stores/store.ts';

const REASONS: Readonly<Record<MissReason, string>> = {
  absent: 'nothing is stored',
  expired: 'what is stored is past its age',
  corrupt: 'what is stored cannot be used',
  refresh: 'to be computed, whatever is stored',
  invalid: 'validate does not let pass what is stored',
};

/** Of what call it is told. */
interface Told {
  readonly name: string;
  readonly backing: { readonly store: Store };
}

/** The lines of one cache. */
export class DebugLog {
  readonly #cache: string;
  readonly #counts = new CallCounters(() => undefined);

  constructor(cache: string) {
    this.#cache = cache;
    onExit('write', () => this.#end());
  }

  /** A call has its value. Never throws. */
  call({ name, backing }: Told, id: string, outcome: Outcome): void {
    this.#counts.add(outcome);
    const write = (entry?: StoreEntry): void => {
      const size = entry === undefined ? [] : [`${entry.size} bytes`];
      this.#write(`${name || `item ${id}`} ${[...partsOf(outcome), ...size].join(', ')}`);
    };
    try {
      const entry = id === '' ? undefined : backing.store.stat(id);
      if (entry !== undefined && 'then' in entry) entry.then(write, () => write());
      else write(entry);
    } catch {
      write();
    }
  }

  /** A call has failed. */
  failure({ name }: Pick<Told, 'name'>, error: unknown): void {
    this.#counts.addError();
    this.#write(`${name || 'an item'} failed: ${textOf(error)}`);
  }

  #end(): void {
    const { hits, stale, misses, coalesced, errors, savedMs, loadMs, computeMs } = this.#counts.read();
    const calls = hits + stale + misses + coalesced;
    if (calls + errors === 0) return;
    const ways = `${hits} hits, ${stale} stale, ${misses} misses, ${coalesced} coalesced, ${errors} errors`;
    const times = `computed for ${time(computeMs)}, loaded for ${time(loadMs)}, saved ${signed(savedMs)}`;
    this.#write(`${calls} calls: ${ways}; ${times}`);
  }

  #write(words: string): void {
    process.stderr.write(`tempcache ${this.#cache}: ${words}\n`);
  }
}

function partsOf({ status, reason, computeMs, loadMs = 0 }: Outcome): readonly string[] {
  if (status === 'coalesced') return ['coalesced with another call'];
  if (status !== 'miss') return [status, `loaded in ${time(loadMs)}`, `saved ${signed(computeMs - loadMs)}`];
  return [reason === undefined ? 'miss' : `miss (${REASONS[reason]})`, `computed in ${time(computeMs)}`];
}

function signed(ms: number): string {
  return ms < 0 ? `-${time(-ms)}` : time(ms);
}

function time(ms: number): string {
  return ms < 100 ? `${Number(ms.toFixed(2))} ms` : timeInWords(ms);
}

/** The log of a cache that the variable names: `1` or `*` all of them, `prices,user*` those; undefined for the others. */
export function debugLogFor(cache: string): DebugLog | undefined {
  const asked = process.env['TEMPCACHE_DEBUG'];
  if (asked === undefined || asked === '' || asked === '0' || asked === 'false') return undefined;
  const isAll = asked === '1' || asked === 'true';
  return isAll || asked.split(/[\s,]+/).some((pattern) => isLike(pattern, cache)) ? new DebugLog(cache) : undefined;
}

/** Whether a name is like a pattern, in which `*` stands for anything. */
function isLike(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? Math.max(at, name.length - part.length) : name.indexOf(part, at);
    if (found < 0 || !name.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return at === name.length;
}
