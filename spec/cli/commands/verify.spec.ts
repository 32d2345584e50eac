import { describe, expect, it } from '@jest/globals';
import { truncateSync } from 'node:fs';
import { useClock } from '../../support/clock.ts';
import { flip } from '../../support/inspected.ts';
import { idFrom, useFilledShelves, type Shelf } from '../../support/shelf.ts';

const filled = useFilledShelves();
useClock();

function damaged(): Shelf {
  const made = filled();
  flip(made.pathOf('demo'), idFrom('aa11'));
  truncateSync(made.pathOf('team/weather', idFrom('dd11')), 100);
  return made;
}

describe('tempcache verify', () => {
  it('says that all is well', async () => {
    const { code, out, err } = await filled().run(['verify']);
    expect([code, out, err]).toEqual([0, '5 records checked, 0 damaged.\n', '']);
  });

  it('lists what is damaged, and ends with 1', async () => {
    const { code, out, err } = await damaged().run(['verify']);
    expect(out).toMatchInlineSnapshot(`
     "CACHE         ID             SIZE  PROBLEM
     demo          aa1101234567  197 B  cannot be read: its checksum does not match
     team/weather  dd1101234567  100 B  cannot be read: it has only 100 bytes
     5 records checked, 2 damaged; --fix removes them.
     "
    `);
    expect([code, err]).toEqual([1, '']);
  });

  it('removes what is damaged where that is asked for, and ends with 0', async () => {
    const made = damaged();
    const { code, out } = await made.run(['verify', '--fix']);
    expect(code).toBe(0);
    expect(out).toContain('5 records checked, 2 damaged; 2 removed.\n');
    expect((await made.run(['verify'])).out).toBe('3 records checked, 0 damaged.\n');
  });

  it('tells of damage as JSON', async () => {
    const { code, out } = await damaged().run(['verify', 'demo', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      fix: false,
      checked: 4,
      damaged: 1,
      removed: 0,
      caches: [
        {
          name: 'demo',
          path: '<root>/demo',
          checked: 4,
          damaged: 1,
          removed: 0,
          bad: [{ id: idFrom('aa11'), problem: expect.any(String), bytes: 197 }],
        },
      ],
      problems: [],
    });
  });

  it('shows on a terminal how far it has come', async () => {
    const { err, out } = await filled().run(['verify'], { terminal: 80 });
    expect(err).toContain('\r\u001B[Kverifying demo: 1\r\u001B[K');
    expect(out).toBe('5 records checked, 0 damaged.\n');
  });
});
