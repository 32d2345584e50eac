import { Writable } from 'node:stream';

import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { hasColours, Output, painterFor, PipeClosed, Progress, widthFor } from '../../../lib/cli/terminal/output.ts';
import { Sheet } from '../../support/command.ts';

const terminal = new Sheet(80);
const pipe = new Sheet();

describe('Colours', () => {
  it.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', pipe, {}, false],
    ['a terminal with NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['a terminal that is dumb', terminal, { TERM: 'dumb' }, false],
    ['a terminal that has none', Object.assign(new Sheet(80), { hasColors: () => false }), {}, false],
    ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['a pipe with an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true],
    ['a terminal with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['a pipe with both', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on %s', (_, stream, env, isColoured) => {
    expect(hasColours(stream, env)).toBe(isColoured);
    expect(painterFor(stream, env)('red', 'x')).toBe(isColoured ? '\u001B[31mx\u001B[39m' : 'x');
  });
});

describe('The width', () => {
  it.each([
    ['of a terminal is its own', terminal, {}, 80],
    ['of a terminal that tells none is 80', new Sheet(0), {}, 80],
    ['of a pipe has no end', pipe, {}, Infinity],
    ['is $COLUMNS where that is given', pipe, { COLUMNS: '33' }, 33],
    ['is $COLUMNS on a terminal, too', terminal, { COLUMNS: '33' }, 33],
    ['is not a $COLUMNS that is no number', terminal, { COLUMNS: 'wide' }, 80],
    ['is not a $COLUMNS of 0', terminal, { COLUMNS: '0' }, 80],
  ])('%s', (_, stream, env, width) => {
    expect(widthFor(stream, env)).toBe(width);
  });
});

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

  it.each(['EPIPE', 'ERR_STREAM_DESTROYED'])('ends when its reader has closed the pipe: %s', async (code) => {
    const output = new Output(failing(code));
    await output.line('x');
    await expect(output.flush()).rejects.toBeInstanceOf(PipeClosed);
  });

  it('fails when it cannot be written', async () => {
    const output = new Output(failing('ENOSPC'));
    await expect(output.bytes(Uint8Array.of(1))).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});

describe('Progress', () => {
  let now = 1000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  afterEach(() => {
    now = 1000;
  });

  it('is one line of a terminal, told ten times a second at most, that goes in the end', () => {
    const sheet = new Sheet(80);
    const progress = new Progress('verifying demo', sheet, {});
    progress.at(1);
    progress.at(2);
    now += 100;
    progress.at(1234);
    progress.end();
    expect(sheet.text).toBe('\r\u001B[Kverifying demo: 1\r\u001B[Kverifying demo: 1,234\r\u001B[K');
  });

  it('is there from the first thing that is done on, however soon that is', () => {
    now = 0;
    const sheet = new Sheet(80);
    const progress = new Progress('verifying demo', sheet, {});
    progress.at(1);
    progress.end();
    expect(sheet.text).toBe('\r\u001B[Kverifying demo: 1\r\u001B[K');
  });

  it('is cut to the terminal and cannot be used to write to it', () => {
    const sheet = new Sheet(12);
    new Progress('\u001B[2Jdemo', sheet, {}).at(5);
    expect(sheet.text).toBe(`\r\u001B[K${String.raw`\x1b[2Jdem`}…`);
  });

  it('is silent where there is no terminal, and where there was nothing to tell', () => {
    const silent = new Sheet();
    const piped = new Progress('verifying', silent, {});
    piped.at(1);
    piped.end();
    const unused = new Sheet(80);
    new Progress('verifying', unused, {}).end();
    expect([silent.text, unused.text]).toEqual(['', '']);
  });
});
