import { describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';
import { loneCache } from '../support/identity.ts';

describe('Two functions of one text that capture different objects', () => {
  class Client {
    readonly url = new URL('http://localhost');
    readonly send = new WeakMap<object, string>();
  }
  const wrapIn =
    (cache = loneCache(), options = {}) =>
    (client: object, value: string) =>
      cache.wrap(function load(id: number): string {
        return `${id}: ${value} ${typeof client}`;
      }, options);

  it('are one where these are the same', () => {
    const client = new Client();
    const wrap = wrapIn();
    const [one, two] = [wrap(client, 'a'), wrap(client, 'a')];
    one(1);
    expect(two.cache.run(1).status).toBe('hit');
  });

  it('do not share entries: the second one goes without the cache, and a warning says so once', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const wrap = wrapIn();
      const [one, two] = [wrap(new Client(), 'a'), wrap(new Client(), 'a')];
      one(1);
      for (let call = 0; call < 2; call++)
        expect(two.cache.run(1)).toMatchObject({ value: '1: a object', status: 'miss', id: '' });
      expect(two.cache.itemFor(1).exists()).toBe(false);
      expect(one.cache.run(1).status).toBe('hit');
      expect(emitWarning.mock.calls).toHaveLength(1);
      expect(emitWarning.mock.calls[0]?.[0]).toMatch(/captures another "client".*sameEverywhere: true/);
    } finally {
      emitWarning.mockRestore();
    }
  });

  it.each([{ sameEverywhere: true }, { deps: ['client'] }])('are one where %j says so', (options) => {
    const wrap = wrapIn(loneCache(), options);
    wrap(new Client(), 'a')(1);
    expect(wrap(new Client(), 'a').cache.run(1).status).toBe('hit');
    expect(wrap(new Client(), 'b').cache.run(1).status).toBe('miss');
  });

  it('are two by their values whatever the name says', () => {
    const wrap = wrapIn(loneCache(), { name: 'load' });
    const client = new Client();
    expect([wrap(client, 'a')(1), wrap(client, 'b')(1)]).toEqual(['1: a object', '1: b object']);
  });
});
