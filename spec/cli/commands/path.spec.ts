import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { cacheRoot } from '../../../lib/inspector/index.ts';
import { command } from '../../support/command.ts';
import { useFilledShelves } from '../../support/shelf.ts';

const filled = useFilledShelves();

describe('tempcache path', () => {
  it.each([
    ['the root', [], '<root>'],
    ['a cache', ['demo'], '<root>/demo'],
    ['a cache in a folder', ['team/weather'], '<root>/team/weather'],
    ['a cache that is not there', ['nobody'], '<root>/nobody'],
    ['the root as a cache', ['.'], '<root>'],
    ['an absolute path', ['/var/cache/x/'], '/var/cache/x'],
    ['a path from here', ['./x'], join(process.cwd(), 'x')],
    ['a path from above', ['../x'], join(process.cwd(), '..', 'x')],
    ['a path from home', ['~/x'], join(homedir(), 'x')],
  ])('prints that of %s', async (_, names, path) => {
    expect(await filled().run(['path', ...names])).toEqual({ code: 0, out: `${path}\n`, err: '' });
  });

  it('says as JSON whether it is there', async () => {
    const made = filled();
    expect(JSON.parse((await made.run(['path', 'demo', '--json'])).out)).toEqual({
      name: 'demo',
      path: '<root>/demo',
      exists: true,
    });
    expect(JSON.parse((await made.run(['path', 'nobody', '--json'])).out)).toMatchObject({ exists: false });
  });

  it('prints the usual root where none is given', async () => {
    expect((await command(['path'])).out).toBe(`${cacheRoot()}\n`);
    expect((await command(['--dir', 'here', 'path'])).out).toBe(`${join(process.cwd(), 'here')}\n`);
  });

  it.each([['a/../../b'], ['a/..'], [' '], [''], ['a\0b']])('refuses the name %j', async (name) => {
    const { code, out } = await filled().run(['path', name]);
    expect([code, out]).toEqual([2, '']);
  });
});
