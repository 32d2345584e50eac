import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { stateOfWriter, writerToken } from '../../../lib/stores/file/writer.ts';
import { deadToken, farToken, tokenWith } from '../../support/dead-writer.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  jest.restoreAllMocks();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that does what the shell is told, and then nothing for long. */
async function idle(before = ''): Promise<number> {
  const child = spawn('sh', ['-c', `${before} echo ready; exec sleep 1000`]);
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? Number.NaN;
}

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** The kernel lists children with gaps while they come and go. */
async function childOf(parent: number): Promise<number> {
  for (;;) {
    const [pid = 0] = readFileSync(`/proc/${parent}/task/${parent}/children`, 'latin1').split(' ').map(Number);
    if (pid > 0) return pid;
    await new Promise(setImmediate);
  }
}

describe('A writer', () => {
  it('is alive while its thread runs', () => {
    expect(stateOfWriter(writerToken())).toBe('alive');
    expect(stateOfWriter(`${writerToken()}-z1`)).toBe('alive');
    expect(stateOfWriter(`${writerToken()}-owner`)).toBe('alive');
  });

  it('has a token of its own for each store', () => {
    expect(writerToken()).not.toBe(writerToken());
  });

  it('is alive in another process, and dead once that is gone', async () => {
    const pid = await idle();
    const token = tokenWith({ pid, thread: pid, start: startOf(pid) });
    expect(stateOfWriter(token)).toBe('alive');
    const [child] = children;
    child?.kill('SIGKILL');
    await once(child as ChildProcess, 'exit');
    expect(stateOfWriter(token)).toBe('dead');
  });

  it('is dead when its process id was given to another one', async () => {
    const pid = await idle();
    expect(stateOfWriter(tokenWith({ pid, thread: pid, start: String(Number(startOf(pid)) - 1) }))).toBe('dead');
  });

  it('is dead when only its parent has not noticed yet', async () => {
    // The child ends when the shell, which would take notice, has become something else.
    const parent = await idle('exec 3<&0; (read line <&3) &');
    const pid = await childOf(parent);
    while (!readFileSync(`/proc/${parent}/comm`, 'latin1').startsWith('sleep')) await new Promise(setImmediate);
    children.at(-1)?.stdin?.end('\n');
    const token = tokenWith({ pid, thread: pid, start: startOf(pid) });
    while (!readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ')) await new Promise(setImmediate);
    expect(stateOfWriter(token)).toBe('dead');
  });

  it('is dead when its thread has ended and its process goes on', () => {
    expect(stateOfWriter(tokenWith({ thread: 1_999_999_999 }))).toBe('dead');
    const other =
      readdirSync('/proc/self/task')
        .map(Number)
        .find((thread) => thread !== process.pid) ?? 0;
    const [, , ownThread] = writerToken().split('-').map(Number);
    if (other !== ownThread) expect(stateOfWriter(tokenWith({ thread: other, start: '1' }))).toBe('dead');
  });

  it('is unknown on another machine, and where the token is none', () => {
    for (const token of [farToken(), '', 'x', `${writerToken()}-`, `?1-2`, `${writerToken()}\n`, '-'.repeat(100)]) {
      expect(stateOfWriter(token)).toBe('unknown');
    }
  });

  it('is unknown when its start is, unless the process is gone', () => {
    expect(stateOfWriter(tokenWith({ start: '0' }))).toBe('unknown');
    expect(stateOfWriter(tokenWith({ start: '0', pid: 1_999_999_999 }))).toBe('dead');
  });

  it('is unknown when the system hides a process that is there', () => {
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('It is not yours'), { code: 'EPERM' });
    });
    expect(stateOfWriter(deadToken())).toBe('unknown');
  });
});
