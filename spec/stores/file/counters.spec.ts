import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeLine } from '../../../lib/stores/file/counter-log.ts';
import type { FileCounters } from '../../../lib/stores/file/counters.ts';
import { useCounterFolders } from '../../support/counter-folder.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

describe('The counters of a folder', () => {
  const folder = useCounterFolders();
  const tempFolder = useTempFolders();
  let counters: FileCounters;
  const read = (by = counters): number | undefined => by.read('calls')['hits'];

  beforeEach(() => {
    counters = folder.begin();
  });

  it('stand in a private file, one line with a checksum for each change', () => {
    counters.add('calls', { hits: 1, misses: -2 });
    counters.add('usage', { bytes: 5 });
    expect(folder.names()).toEqual(['counters']);
    expect(statSync(folder.at('counters')).mode & 0o777).toBe(0o600);
    const lines = readFileSync(folder.at('counters'), 'utf8').split('\n');
    const [, first, , second] = lines;
    expect([lines.length, first?.slice(8), second?.slice(8)]).toEqual([
      5,
      '["calls",{"hits":1,"misses":-2}]',
      '["usage",{"bytes":5}]',
    ]);
    expect(first?.slice(0, 8)).toMatch(/^[0-9a-f]{8}$/);
  });

  it('are read on from where they were read to, whoever has added', () => {
    const other = folder.begin();
    for (let n = 1; n <= 3; n++) {
      counters.add('calls', { hits: 1 });
      expect([read(), read(other)]).toEqual([2 * n - 1, 2 * n - 1]);
      other.add('calls', { hits: 1 });
      expect([read(), read(other)]).toEqual([2 * n, 2 * n]);
    }
  });

  it('make no folder, and no file to be read or to be reset', () => {
    expect([counters.read('calls'), folder.names()]).toEqual([{}, []]);
    counters.reset('calls');
    counters.compact();
    expect(folder.names()).toEqual([]);
    rmSync(folder.path, { recursive: true });
    counters.add('calls', { hits: 1 });
    expect([counters.read('calls'), existsSync(folder.path)]).toEqual([{}, false]);
  });

  it('begin anew where the folder was removed and made again', () => {
    counters.add('calls', { hits: 5 });
    expect(read()).toBe(5);
    rmSync(folder.path, { recursive: true });
    mkdirSync(folder.path);
    expect(counters.read('calls')).toEqual({});
    folder.begin().add('calls', { hits: 1 });
    counters.add('calls', { hits: 1 });
    expect(read()).toBe(2);
  });

  describe('that are damaged', () => {
    beforeEach(() => {
      counters.add('calls', { hits: 1 });
    });

    it.each([1, 5, 9, 20])('lose a line that was torn off %i bytes before its end, and no other', (missing) => {
      const line = encodeLine(['calls', { hits: 100 }]);
      appendFileSync(folder.at('counters'), line.subarray(0, -1 - missing));
      expect([read(), read(folder.begin())]).toEqual([1, 1]);
      counters.add('calls', { hits: 1 });
      expect([read(), read(folder.begin())]).toEqual([2, 2]);
    });

    it('count a line without its line break once there is another one', () => {
      appendFileSync(folder.at('counters'), encodeLine(['calls', { hits: 100 }]).subarray(0, -1));
      expect(read()).toBe(1);
      counters.add('calls', { hits: 1 });
      expect([read(), read(folder.begin())]).toEqual([102, 102]);
    });

    it.each([
      ['text', Buffer.from('mine\n')],
      [
        'a changed line',
        Buffer.from(
          encodeLine(['calls', { hits: 1 }])
            .toString()
            .replace('1}', '2}'),
        ),
      ],
      ['zeros', Buffer.alloc(100)],
      ['bytes that are no text', Buffer.from('ff'.repeat(100), 'hex')],
      ['no group', encodeLine([1, { hits: 1 }])],
      ['no increments', encodeLine(['calls', 5])],
      ['no number', encodeLine(['calls', { hits: '1' }])],
      ['half a number', encodeLine(['calls', { hits: 0.5 }])],
      ['too large a number', encodeLine(['calls', { hits: 2 ** 53 }])],
      ['no list', encodeLine(null)],
      ['a line of a megabyte', Buffer.alloc(2 ** 20, 'x')],
    ])('pass over what none of us has written: %s', (_name, bytes) => {
      appendFileSync(folder.at('counters'), bytes);
      counters.add('calls', { hits: 1 });
      expect([read(), read(folder.begin())]).toEqual([2, 2]);
    });

    it('are not read through a symbolic link, nor written', () => {
      const target = join(tempFolder(), 'target');
      renameSync(folder.at('counters'), target);
      const { size } = statSync(target);
      symlinkSync(target, folder.at('counters'));
      expect(() => counters.add('calls', { hits: 1 })).toThrow(/Cannot count in .*ELOOP/);
      expect(folder.begin().read('calls')).toEqual({});
      expect(statSync(target).size).toBe(size);
    });
  });
});
