import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as fs from 'node:fs';

const machine = { type: 0xef53, processes: 'pid:[4026531836]', folder: 1, root: 1, fails: false, platform: 'linux' };
jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  statfsSync() {
    if (machine.fails) throw new Error('not to be had');
    return { type: machine.type };
  },
  readlinkSync: () => machine.processes,
  statSync: (path: string) => ({ dev: path === '/' ? machine.root : machine.folder }),
}));
const { mayBeShared } = await import('../../../lib/stores/file/writer.ts');

describe('A folder', () => {
  const { platform } = process;
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
  });

  it.each([
    ['of this machine is not shared', {}, false],
    ['on another disk of it is not', { folder: 2 }, false],
    ['on a network is', { type: 0x6969 }, true],
    ['that a container has to itself is not', { processes: 'pid:[4026532000]' }, false],
    ['that is mounted into a container is', { processes: 'pid:[4026532000]', folder: 2 }, true],
    ['of which nothing can be said is not', { fails: true }, false],
    ['on a system that does not tell when processes have started is', { platform: 'darwin' }, true],
  ])('%s', (_what, differs, expected) => {
    const before = { ...machine };
    Object.assign(machine, differs);
    Object.defineProperty(process, 'platform', { value: machine.platform });
    expect(mayBeShared('/folder')).toBe(expected);
    Object.assign(machine, before);
  });
});
