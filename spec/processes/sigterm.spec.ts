import { describe, expect, it } from '@jest/globals';
import { TempCache } from '../../lib/temp-cache.ts';
import type { OtherListener } from '../support/other-listeners.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

/** How a process that counts ends of SIGTERM, and what the others that listen in it have said. */
async function terminate(others: readonly OtherListener[], options: object = {}) {
  const path = `${tempFolder()}/cache`;
  const script = start('count-calls', [{ path, calls: 500, ending: 'wait', others, ...options }]);
  await script.next();
  expect(await script.next()).toBe('waiting');
  script.kill('SIGTERM');
  const { code, signal } = await script.ended;
  const said: unknown[] = [];
  for (let told = await heard(script.next()); told !== undefined; told = await heard(script.next())) said.push(told);
  const { hits, misses } = new TempCache(path).stats();
  return { end: code ?? signal, said, counted: hits + misses };
}

async function heard(next: Promise<unknown>): Promise<unknown> {
  return next.catch(() => undefined);
}

describe('SIGTERM', () => {
  it.each<{ others: OtherListener[] }>([
    { others: [] },
    { others: ['signal-exit 3'] },
    { others: ['signal-exit 4'] },
    { others: ['signal-exit 3', 'signal-exit 4'] },
    { others: ['signal-exit 4', 'signal-exit 4', 'signal-exit 3'] },
  ])('ends a process in which the cache and $others listen, and all of them do their last work', async ({ others }) => {
    const { end, said, counted } = await terminate(others);
    expect([end, counted]).toEqual(['SIGTERM', 500]);
    expect(said).toHaveLength(others.length);
    expect(said).toEqual(expect.arrayContaining(others));
  });

  it.each<{ others: OtherListener[] }>([
    { others: ['own'] },
    { others: ['own once'] },
    { others: ['own', 'signal-exit 3'] },
    { others: ['own once', 'signal-exit 4'] },
  ])('is left to a program that listens itself: $others', async ({ others }) => {
    const { end, said, counted } = await terminate(others);
    expect({ end, said, counted }).toEqual({ end: 7, said: others.slice(0, 1), counted: 500 });
  });

  it('ends a script at once that never waits for anything', async () => {
    const script = start('count-calls', [{ path: `${tempFolder()}/cache`, calls: 500, ending: 'busy' }]);
    await script.next();
    expect(await script.next()).toBe('busy');
    script.kill('SIGTERM');
    expect(await script.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('is not listened to where nothing is counted in the folder', async () => {
    const { end, counted } = await terminate([], { stats: false });
    expect([end, counted]).toEqual(['SIGTERM', 0]);
  });
});
