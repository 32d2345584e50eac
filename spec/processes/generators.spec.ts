import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const MANY = 1_000_000;
/** Measured: the peak of the heap is 17 MB while they are stored, 11 MB in a replay, and 78 MB with all of them in an array. */
const LITTLE_MEMORY = { execArgv: ['--max-old-space-size=20', '--max-semi-space-size=2'] };

describe('A generator of a million items', () => {
  const start = useScripts();
  const folder = useTempFolders();

  it('is stored by one process and replayed by the next, one chunk in memory at a time', async () => {
    const path = join(folder(), 'cache');
    const seen = { items: MANY, characters: 16_888_890, returned: 'all of them' };
    const first = start('many-items', [path, MANY, false], LITTLE_MEMORY);
    expect(await first.next()).toMatchObject({ ...seen, events: ['miss', 'save'] });
    const second = start('many-items', [path, MANY, false], LITTLE_MEMORY);
    expect(await second.next()).toMatchObject({ ...seen, events: ['hit'] });
    // So much memory does not hold all of them.
    const holding = start('many-items', [path, MANY, true], { ...LITTLE_MEMORY, before: 'ulimit -c 0' });
    expect((await holding.ended).errors).toMatch(/heap out of memory/);
  }, 120_000);
});
