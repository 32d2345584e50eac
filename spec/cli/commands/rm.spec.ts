import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { useClock } from '../../support/clock.ts';
import { idFrom, useFilledShelves } from '../../support/shelf.ts';

const filled = useFilledShelves();
useClock();

describe('tempcache rm', () => {
  it('removes entries of any cache by the beginnings of their ids', async () => {
    const made = filled();
    expect(await made.run(['rm', 'aa11', 'dd11'])).toEqual({ code: 0, out: 'Removed 2 entries.\n', err: '' });
    expect(existsSync(made.pathOf('demo', idFrom('aa11')))).toBe(false);
    expect(existsSync(made.pathOf('team/weather', idFrom('dd11')))).toBe(false);
    expect(existsSync(made.pathOf('demo', idFrom('aa22')))).toBe(true);
  });

  it('removes what is there and tells of what is not', async () => {
    const made = filled();
    const { code, out, err } = await made.run(['rm', 'aa11', 'ffff']);
    expect([code, out, err]).toEqual([1, 'Removed 1 entry.\n', 'tempcache: no entry begins with ffff\n']);
    const json = await made.run(['rm', 'aa22', 'aa11', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual({ removed: [{ id: idFrom('aa22'), cache: 'demo' }], missing: ['aa11'] });
  });

  it('removes nothing when one of the ids could be that of several entries, or is none', async () => {
    const made = filled();
    made.put('demo', { id: idFrom('aa1122') });
    for (const wrong of ['aa11', 'xyz']) {
      const { code, out } = await made.run(['rm', 'dd11', wrong]);
      expect([code, out]).toEqual([2, '']);
    }
    expect(existsSync(made.pathOf('team/weather', idFrom('dd11')))).toBe(true);
  });

  it('looks into one cache alone where that is asked for', async () => {
    const made = filled();
    expect(await made.run(['rm', 'dd11', '-c', 'demo'])).toMatchObject({ code: 1, out: '' });
    expect(await made.run(['rm', 'dd11', '-c', 'team/weather'])).toMatchObject({ code: 0 });
  });
});
