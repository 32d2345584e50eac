import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { Output, PipeClosed } from '../../../lib/cli/terminal/output.ts';
import { Sheet } from '../../support/command.ts';

/** A stream that fails from the first write on, as a pipe whose reader has gone. */
function failing(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code })) });
}

describe('The output', () => {
  it('is written in parts, in order', async () => {
    const sheet = new Sheet();
    const output = new Output(sheet);
    for (let n = 0; n < 10_000; n++) await output.line(String(n));
    expect(sheet.bytes.length).toBeGreaterThan(30_000);
    await output.bytes(Uint8Array.of(0, 255));
    await output.line('end');
    await output.flush();
    const numbers = Array.from({ length: 10_000 }, (_, n) => `${n}\n`).join('');
    expect(sheet.bytes.equals(Buffer.concat([Buffer.from(numbers), Buffer.of(0, 255), Buffer.from('end\n')]))).toBe(
      true,
    );
  });

  it('waits for its reader', async () => {
    let go: () => void = () => undefined;
    const slow = new Writable({ write: (_chunk, _encoding, done) => void (go = done) });
    const events: string[] = [];
    const output = new Output(slow);
    const written = output.bytes(Uint8Array.of(1)).then(() => events.push('written'));
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    events.push('read');
    go();
    await written;
    expect(events).toEqual(['read', 'written']);
  });

  it.each(['EPIPE', 'ERR_STREAM_DESTROYED'])('ends when nobody reads any more: %s', async (code) => {
    const output = new Output(failing(code));
    await output.line('x');
    await expect(output.flush()).rejects.toBeInstanceOf(PipeClosed);
  });

  it('fails when it cannot be written', async () => {
    const output = new Output(failing('ENOSPC'));
    await expect(output.bytes(Uint8Array.of(1))).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
