import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { differingCalls, priceIn } from '../../support/differing-calls.ts';
import { edited, explain, load, run } from '../../support/explained.ts';
import { storeKinds, useCaches } from '../../support/store-kinds.ts';

describe.each(storeKinds)('Over $name, an explanation', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  it.each(differingCalls)('names $what', async ({ saved, asked, differs, words }) => {
    const { cache } = make();
    await run(cache, saved);
    clock.now += 7_200_000;
    const { nearest, ...told } = await explain(cache, asked);
    const name = saved.fn.name;
    expect(told).toEqual({
      status: 'miss',
      reason: 'absent',
      differs,
      message: `It would be computed: nothing is stored for this call. The nearest entry of "${name}", saved 2 hours ago, differs: ${words}.`,
    });
    expect(nearest).toMatchObject({ name, createdAt: clock.now - 7_200_000 });
    expect(await run(cache, asked)).toMatchObject({ status: 'miss', reason: 'absent' });
  });

  it('names the salt, and nothing that the salt hides', async () => {
    const { cache } = make({ salt: 'a' });
    await run(cache, { fn: load, args: [1] });
    for (const salt of ['', 'b']) {
      const { differs, message } = await explain(cache.with({ salt }), { fn: edited, args: [2] });
      expect(differs).toEqual(['salt']);
      expect(message).toMatch(/differs: it was saved under another salt\.$/);
    }
  });

  it('says that nothing was ever seen', async () => {
    const { cache } = make();
    await run(cache, priceIn(1));
    expect(await explain(cache, { fn: load, args: [1] })).toEqual({
      status: 'miss',
      reason: 'absent',
      message:
        'It would be computed: nothing is stored for this call, nor for any other of "load". It was never saved here, or was removed.',
      differs: [],
      nearest: undefined,
    });
  });
});
