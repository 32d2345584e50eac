import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { idOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { takeLease } from '../support/lease.ts';

const tempFolder = useTempFolders();
const start = useScripts();
const DEATHS = 20;
const DEATH_RATE = 0.001;

/** Keeps a number of fighters running until so many have died, each of which another one replaces. */
async function fight(fighters: number, args: readonly unknown[]): Promise<string[]> {
  const errors: string[] = [];
  const fighting = new Set<ScriptProcess>();
  let deaths = 0;
  const one = async (): Promise<void> => {
    while (deaths < DEATHS) {
      const script = start('fight-for-lease', args);
      fighting.add(script);
      const { signal, errors: said } = await script.ended;
      fighting.delete(script);
      deaths++;
      if (signal !== 'SIGKILL') errors.push(said);
    }
    for (const script of fighting) script.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: fighters }, one));
  return errors;
}

/** The lines after which somebody who held the lease before goes on as if it were still his. */
function violations(lines: readonly string[]): string[] {
  const who = (line: string): string => line.slice(1).split(' ')[0] ?? '';
  const last = new Map(lines.map((line, n) => [who(line), n]));
  return lines.filter((line, n) => {
    const [pid, count] = line.slice(1).split(' ');
    const next = lines[n + 1];
    return line.startsWith('+') && next !== `-${pid} ${count}` && (last.get(who(line)) ?? 0) > n;
  });
}

describe('A lease for which many processes fight, and die while they fight', () => {
  it('is never held by two', async () => {
    const folder = tempFolder();
    const [path, log] = [join(folder, 'folder'), join(folder, 'log')];
    writeFileSync(log, '');
    expect(await fight(5, [path, idOf(0), log, DEATH_RATE])).toEqual([]);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines.filter((line) => line.includes('taken over')).length).toBeGreaterThan(10);
    expect(violations(lines)).toEqual([]);

    const store = fileStore({ path });
    store.sweep();
    const lease = takeLease(store, idOf(0), 60_000);
    expect(lease).toBeDefined();
    lease?.release();
    store.close();
    expect(readdirSync(path)).toEqual([]);
  });
});
