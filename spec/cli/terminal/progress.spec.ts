import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Progress } from '../../../lib/cli/terminal/progress.ts';
import { Sheet } from '../../support/command.ts';

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
    const pipe = new Sheet();
    const piped = new Progress('verifying', pipe, {});
    piped.at(1);
    piped.end();
    const terminal = new Sheet(80);
    new Progress('verifying', terminal, {}).end();
    expect([pipe.text, terminal.text]).toEqual(['', '']);
  });
});
