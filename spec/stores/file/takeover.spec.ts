import { beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakerName } from '../../../lib/stores/file/names.ts';
import { Locks } from '../../../lib/stores/file/takeover.ts';
import { writerToken } from '../../../lib/stores/file/writer.ts';
import { deadToken, farToken } from '../../support/dead-writer.ts';
import { idOf } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const NAME = `${idOf(0)}.lease`;
const TTL = 1000;
const tempFolder = useTempFolders();
let folder = '';

beforeEach(() => {
  folder = tempFolder();
});

/** Locks of a writer of this thread, and what it uses. */
function locksOf(): { locks: Locks; token: string; inUse: Set<string> } {
  const token = writerToken();
  const path = join(folder, `tmp-${token}-owner`);
  writeFileSync(path, token);
  const inUse = new Set<string>();
  return { locks: new Locks(folder, { token, path }, (name) => inUse.has(name)), token, inUse };
}

function plant(name: string, token: string, ageMs = 0): void {
  writeFileSync(join(folder, name), token);
  const time = (Date.now() - ageMs) / 1000;
  utimesSync(join(folder, name), time, time);
}

function holder(name = NAME): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** All locks that are there. */
function names(): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('tmp-'));
}

describe('A lock', () => {
  it('is taken when it is free, and not when a living holder has it', () => {
    const [a, b] = [locksOf(), locksOf()];
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: false });
    a.inUse.add(NAME);
    expect(a.locks.take(NAME, TTL)).toEqual({ heldBy: a.token });
    expect(b.locks.take(NAME, 0)).toEqual({ heldBy: a.token });
    expect(holder()).toBe(a.token);
  });

  it('that a removal has left to its own holder is taken again', () => {
    const a = locksOf();
    a.locks.take(NAME, TTL);
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: false });
    expect(a.locks.dropIfDead(NAME, TTL)).toBe(true);
    expect(names()).toEqual([]);
  });

  it('goes from a dead holder to the next one, which leaves nothing else behind', () => {
    plant(NAME, deadToken());
    const a = locksOf();
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: true });
    expect(holder()).toBe(a.token);
    expect(names()).toEqual([NAME]);
  });

  it('is left to whoever is just taking it from the dead', () => {
    const dead = deadToken();
    plant(NAME, dead);
    const [a, b] = [locksOf(), locksOf()];
    a.locks.take(breakerName(NAME, dead), TTL);
    a.inUse.add(breakerName(NAME, dead));
    expect(b.locks.take(NAME, TTL)).toEqual({ heldBy: undefined });
    expect(b.locks.dropIfDead(NAME, TTL)).toBe(false);
    expect(holder()).toBe(dead);
  });

  it('is taken through any number of holders that died while they took it', () => {
    const chain = [deadToken(), deadToken(), deadToken(), deadToken()];
    let name = NAME;
    for (const dead of chain) {
      plant(name, dead);
      name = breakerName(name, dead);
    }
    const a = locksOf();
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: true });
    expect(holder()).toBe(a.token);
    expect(names()).toEqual([NAME]);
  });

  it('is not taken from its new holder by one that saw the dead one before', () => {
    const dead = deadToken();
    plant(NAME, dead);
    const [a, b] = [locksOf(), locksOf()];
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: true });
    expect(b.locks.drop(NAME, dead, TTL)).toBe(false);
    expect(holder()).toBe(a.token);
    expect(names()).toEqual([NAME]);
  });

  it('of a holder that nobody can judge is judged by its last sign of life', () => {
    const a = locksOf();
    plant(NAME, farToken(), TTL / 2);
    expect(a.locks.take(NAME, TTL)).toEqual({ heldBy: expect.stringMatching(/^00000000-/) });
    plant(NAME, farToken(), -TTL / 2);
    expect(a.locks.take(NAME, TTL)).toEqual({ heldBy: expect.stringMatching(/^00000000-/) });
    plant(NAME, farToken(), TTL * 2);
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: true });
  });

  it('with a sign of life from the far future is taken', () => {
    plant(NAME, farToken(), -TTL * 100);
    expect(locksOf().locks.take(NAME, TTL)).toEqual({ takenOver: true });
  });

  it.each(['', 'junk', '\0'.repeat(500)])('that says nothing of its holder is judged by its age: %j', (text) => {
    const a = locksOf();
    plant(NAME, text);
    expect(a.locks.take(NAME, TTL)).toMatchObject({ heldBy: expect.any(String) });
    plant(NAME, text, TTL * 2);
    expect(a.locks.take(NAME, TTL)).toEqual({ takenOver: true });
    expect(names()).toEqual([NAME]);
  });

  it('is dropped for the dead and for nobody else', () => {
    const [a, b] = [locksOf(), locksOf()];
    b.locks.take(NAME, TTL);
    expect(a.locks.dropIfDead(NAME, 0)).toBe(false);
    plant(NAME, deadToken());
    expect(a.locks.dropIfDead(NAME, TTL)).toBe(true);
    expect(a.locks.dropIfDead(NAME, TTL)).toBe(false);
    expect(existsSync(join(folder, NAME))).toBe(false);
    expect(names()).toEqual([]);
  });
});
