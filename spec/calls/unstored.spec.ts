import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';

import { TempCache } from '../../lib/index.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

class Session {
  readonly id = 1;
}

let warn: jest.SpiedFunction<typeof process.emitWarning>;

beforeEach(() => {
  warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
});

afterEach(() => {
  warn.mockRestore();
});

describe('a function whose value cannot be stored', () => {
  it('has the process warn once, of what it is, where, what it costs and what to do', async () => {
    const cache = new TempCache(newFolder());
    const open = cache.wrap(async function open(id: number) {
      return { id, session: new Session() };
    });
    const close = cache.wrap(function close() {
      return { close };
    });
    await open(1);
    await open(2);
    close();
    const warnings = [...warn.mock.calls];
    expect(warnings).toEqual([
      [
        expect.stringMatching(
          /^The value of open is not stored.* at every call, .*value\.session is an instance of Session.*types/,
        ),
        expect.anything(),
      ],
      [expect.stringMatching(/^The value of close .*value\.close is the function close/), expect.anything()],
    ]);
    expect(warnings[0]?.[1]).toEqual({ type: 'TempCacheWarning', code: 'ERR_TEMPCACHE_UNSERIALIZABLE' });
  });

  it('is counted, and explained with why', () => {
    const cache = new TempCache(newFolder(), { warnings: false });
    const open = cache.wrap(function open(id: number) {
      return { id, session: new Session() };
    });
    open(1);
    open(1);
    expect([open.cache.stats(), cache.stats().unstored]).toMatchObject([{ unstored: 2, skipped: 0, misses: 2 }, 2]);
    expect(open.cache.explain(1).message).toMatch(
      /nothing is stored.*"open" could not be stored in this process: .*value\.session is an instance of Session/,
    );
  });

  it('is told of with all the classes that are in the value', () => {
    class Row {
      readonly session = new Session();
    }
    new TempCache(newFolder()).wrap(function rows() {
      return new Map([[1, new Set([new Row()])]]);
    })();
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(/is an instance of Row.*\. It holds instances of these classes: Row, Session$/),
        expect.anything(),
      ],
    ]);
  });

  it.each([
    [
      'a response',
      new Response('text'),
      /value is a Response: return its text or JSON, or say by the options toStored/,
    ],
    ['a blob', new Blob([]), /an instance of Blob, .* or say by the options toStored and fromStored/],
    ['a signal', new AbortController().signal, /an instance of AbortSignal, .* toStored and fromStored/],
    ['an instance of a class', new Session(), /an instance of Session, .* name its class in \{ types/],
  ])('is told with a cure that can be applied: %s', (_what, value, message) => {
    const item = new TempCache(newFolder()).itemForKey(1);
    expect(() => item.save(value)).toThrow(message);
  });

  it('is no warning where the cache or the function says so', () => {
    new TempCache(newFolder(), { warnings: false }).wrap(function one() {
      return new Session();
    })();
    new TempCache(newFolder()).wrap(
      function two() {
        return new Session();
      },
      { warnings: false },
    )();
    expect(warn).not.toHaveBeenCalled();
  });

  it('is told of where it is an item of a generator', () => {
    const sessions = new TempCache(newFolder()).wrap(function* sessions() {
      yield new Session();
    });
    expect([...sessions()]).toHaveLength(1);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^The value of sessions is not stored/), expect.anything()],
    ]);
    expect(sessions.cache.stats().unstored).toBe(1);
  });

  it('has no one warn of a value that is stored', () => {
    new TempCache(newFolder(), { types: [Session] }).wrap(function ok() {
      return new Session();
    })();
    expect(warn).not.toHaveBeenCalled();
  });
});
