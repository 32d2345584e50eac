import { describe, expect, it } from '@jest/globals';
import { textOfForms } from '../../lib/calls/stored-form.ts';
import { makeGated } from '../support/gated.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** What no serializer stores. */
class Session {
  readonly #token: string;
  constructor(token: string) {
    this.#token = token;
  }
  get token(): string {
    return this.#token;
  }
}

const FORMS = {
  toStored: (session: Session) => session.token,
  fromStored: (token: string) => new Session(token),
} as const;

describe.each(storeKinds)('Over $name, toStored and fromStored', (kind) => {
  const makeCache = useCaches(kind);
  const isAsync = kind.kind === 'async';

  it('have a hit made of what was stored, and leave who computed its own value', async () => {
    const { cache, trace } = makeCache();
    const made: Session[] = [];
    const open = cache.wrap(
      function open(token: string) {
        const session = new Session(token);
        made.push(session);
        return session;
      },
      { ...FORMS, captures: 'off' },
    );
    const [first, second] = [await open('a'), await open('a')];
    expect([first === made[0], made.length]).toEqual([true, 1]);
    expect([second === first, second instanceof Session, second.token]).toEqual([false, true, 'a']);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
    expect([await open.cache.itemFor('a').load()]).toEqual([expect.any(Session)]);
  });

  it('are given the arguments of the call that asks', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(async (id: number, unit: string) => ({ id, unit }), {
      name: 'load',
      key: (id: number) => id,
      toStored: ({ id }, asked, unit) => [id, asked, unit],
      fromStored: (stored: readonly unknown[], id, unit) => ({ id, unit, stored }),
    });
    expect(await load(1, 'm')).toEqual({ id: 1, unit: 'm' });
    expect(await load(1, 'km')).toEqual({ id: 1, unit: 'km', stored: [1, 1, 'm'] });
  });

  it('may wait before it stores, where the call does', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(async () => new Session('b'), {
      name: 'load',
      toStored: async ({ token }) => token,
      fromStored: FORMS.fromStored,
    });
    await load();
    expect([(await load()).token, trace.take()]).toEqual(['b', ['miss absent', 'save', 'hit']]);
  });

  it('are asked for those who joined', async () => {
    const { cache } = makeCache();
    const { gated, gate, runs } = makeGated();
    const load = cache.wrap(gated, {
      toStored: (text: string) => text.length,
      fromStored: (length: number) => '#'.repeat(length),
    });
    const calls = [load(1), load(1), load(1)];
    await gate(0).begun;
    gate(0).resolve('value');
    expect([await Promise.all(calls), runs()]).toEqual([['value', '#####', '#####'], 1]);
  });

  it.each([{ text: 'value' }, 'value'])(
    'of which there is only fromStored are asked for those who joined',
    async (value) => {
      const { cache } = makeCache();
      const { gated, gate, runs } = makeGated();
      const load = cache.wrap(gated, { fromStored: (stored: unknown) => ({ stored }) });
      const calls = [load(1), load(1)];
      await gate(0).begun;
      gate(0).resolve(value as never);
      expect([await Promise.all(calls), runs()]).toEqual([[value, { stored: value }], 1]);
      expect(await load(1)).toEqual({ stored: value });
    },
  );

  it('make the old value that stands in for a failure, and the one that validate judges', async () => {
    const { cache } = makeCache({ maxAge: 0, staleIfError: true });
    let fails = false;
    const load = cache.wrap(
      async () => {
        if (fails) throw new Error('down');
        return new Session('c');
      },
      { ...FORMS, name: 'load', captures: 'off', validate: (session) => session instanceof Session },
    );
    await load();
    fails = true;
    expect((await load()).token).toBe('c');
    expect((await load.cache.run()).status).toBe('stale');
  });

  it('that fail cost the call nothing but the cache', async () => {
    const { cache, trace } = makeCache();
    let fault: string | undefined = 'toStored';
    const load = cache.wrap(async () => 1, {
      name: 'load',
      captures: 'off',
      toStored: (value) => {
        if (fault === 'toStored') throw new RangeError('no');
        return value;
      },
      fromStored: (stored: number) => {
        if (fault === 'fromStored') throw new RangeError('no');
        return fault === 'promise' ? Promise.resolve(stored) : stored;
      },
    });
    expect([await load(), trace.take()]).toEqual([1, ['miss absent', 'writeFailed ERR_TEMPCACHE_CALLBACK']]);
    fault = undefined;
    await load();
    trace.take();
    for (fault of ['fromStored', 'promise']) {
      expect([await load(), trace.take()]).toEqual([1, ['corrupt ERR_TEMPCACHE_CALLBACK', 'miss corrupt', 'save']]);
    }
    fault = undefined;
    expect([await load(), trace.take()]).toEqual([1, ['hit']]);
  });

  it('may not wait where a call answers at once', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap((n: number) => n, { name: 'load', toStored: async (n) => n });
    expect(await load(1)).toBe(1);
    expect(trace.take()).toEqual(['miss absent', isAsync ? 'save' : 'writeFailed ERR_TEMPCACHE_CALLBACK']);
  });

  it('of a cache are those of its items and functions', async () => {
    const { cache } = makeCache({
      toStored: (value: unknown) => ({ value }),
      fromStored: (stored: { value: unknown }) => [stored.value],
    });
    const item = cache.itemForKey(1);
    await item.save('mine');
    expect([await item.load(), await item.loadOrSave(() => 'other'), await item.exists()]).toEqual([
      ['mine'],
      ['mine'],
      true,
    ]);
    const plain = cache.with({ toStored: (value: unknown) => value });
    expect(plain.itemForKey(1).id).not.toBe(item.id);
    const one = cache.wrap(() => 1, { name: 'one' });
    expect([await one(), await one()]).toEqual([1, [1]]);
  });

  it('count by their code in the identity, and are told of by explain()', async () => {
    const { cache } = makeCache();
    const load = (): number => 1;
    await cache.wrap(load, { toStored: (n) => n })();
    expect(await cache.wrap(load, { toStored: (n) => [n] }).cache.explain()).toMatchObject({
      status: 'miss',
      differs: ['toStored'],
    });
    expect(await cache.wrap(load, { toStored: (n) => n }).cache.explain()).toMatchObject({ status: 'hit' });
  });

  it('do not fit generators', () => {
    const { cache } = makeCache();
    expect(() => cache.wrap(function* items() {}, { toStored: () => 1 })).toThrow(
      /toStored and fromStored do not fit the generator items/,
    );
  });
});

describe('The text of toStored and fromStored', () => {
  it('tells which of them is which', () => {
    const [one, two] = [() => 1, () => 2];
    const textOf = (forms: object): string | undefined => textOfForms(forms as Parameters<typeof textOfForms>[0]);
    const texts = [{}, { toStored: one }, { fromStored: one }, { toStored: one, fromStored: two }].map(textOf);
    expect([texts[0], new Set(texts).size]).toEqual([undefined, 4]);
  });
});
