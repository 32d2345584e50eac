import { describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';
import { StoreError } from '../../lib/common/errors.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache, type TempCacheOptions } from '../../lib/index.ts';
import { makeFaulty } from '../support/faulty-store.ts';

/** What the process warns of while calls go over a store of which each member fails. */
function warningsWith(options: TempCacheOptions): unknown[] {
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const { store, break: breakIt } = makeFaulty(memoryStore());
  for (const operation of ['get', 'set'] as const) breakIt(operation, { error: new StoreError(`no ${operation}`) });
  const load = new TempCache('spec', { ...options, store }).wrap((n: number) => n, { name: 'load' });
  for (const n of [1, 2, 3]) expect(load(n)).toBe(n);
  const texts = warn.mock.calls.map(([text]) => text);
  warn.mockRestore();
  return texts;
}

describe('A store that fails', () => {
  it('is a warning, one for reading and one for writing, where nobody listens', () => {
    expect(warningsWith({})).toEqual([
      'A cache cannot be read, and calls compute: no get',
      'A value is not stored, and computed again at the next call: no set',
    ]);
  });

  it('is none where somebody listens, or does not want to know', () => {
    expect(warningsWith({ onEvent: () => undefined })).toEqual([]);
    expect(warningsWith({ warnings: false })).toEqual([]);
  });
});
