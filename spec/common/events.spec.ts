import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { subscribe, unsubscribe, type ChannelListener } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { Events, type CacheEvent, type CacheEventType } from '../../lib/common/events.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeFaulty, type FaultyStore } from '../support/faulty-store.ts';

const TYPES: readonly CacheEventType[] = [
  'hit',
  'miss',
  'coalesced',
  'save',
  'skip',
  'evict',
  'readFailed',
  'writeFailed',
  'corrupt',
];
const NOTHING: unknown = undefined;
const listeners: [string, ChannelListener][] = [];

function listen(type: CacheEventType, listener: ChannelListener): void {
  subscribe(`tempcache:${type}`, listener);
  listeners.push([`tempcache:${type}`, listener]);
}

afterEach(() => {
  for (const [name, listener] of listeners.splice(0)) unsubscribe(name, listener);
});

/** Makes one event of every type, over a cache of one entry. */
async function everything(cache: TempCache, store: FaultyStore): Promise<void> {
  const load = cache.wrap(async () => [1], { name: 'load' });
  await Promise.all([load(), load()]);
  await load();
  cache.itemForKey(1).loadOrSave(() => {
    throw new NoCache(1);
  });
  cache.itemForKey(0).save(0);
  store.break('get', { error: new Error('unreadable') });
  store.break('set', { error: new Error('unwritable') });
  cache.itemForKey(2).loadOrSave(() => 2);
  store.break('get', { answer: [new Uint8Array(5)] });
  cache.itemForKey(3).loadOrSave(() => 3);
}

describe('Events', () => {
  it('of every type reach onEvent and the channel of their type, as one object', async () => {
    const store = makeFaulty(memoryStore());
    const heard: CacheEvent[] = [];
    const published: unknown[] = [];
    for (const type of TYPES) listen(type, (event, name) => published.push([name, event]));
    const cache = new TempCache('spec', { store: store.store, maxEntries: 1, onEvent: (event) => heard.push(event) });
    await everything(cache, store);
    expect([...new Set(heard.map(({ type }) => type))].sort()).toEqual([...TYPES].sort());
    expect(published).toHaveLength(heard.length);
    for (const [index, event] of heard.entries()) {
      const [name, same] = published[index] as [string, unknown];
      expect([name, same === event]).toEqual([`tempcache:${event.type}`, true]);
    }
  });

  it('reach the channel when there is no other listener', async () => {
    const published: unknown[] = [];
    listen('save', (event) => published.push(event));
    new TempCache('spec', { store: memoryStore() }).itemForKey(1).save(1);
    expect(published).toMatchObject([{ type: 'save', name: '' }]);
  });

  it('are not made where there is no listener, nor where others are listened for', async () => {
    const emit = jest.spyOn(Events.prototype, 'emit');
    const store = makeFaulty(memoryStore());
    await everything(new TempCache('spec', { store: store.store, maxEntries: 1 }), store);
    expect(emit).not.toHaveBeenCalled();
    // The name of what goes is in its record.
    expect(store.asked).not.toContain('peek');
    listen('takeover', () => undefined);
    listen('corrupt', () => undefined);
    const another = makeFaulty(memoryStore());
    await everything(new TempCache('spec', { store: another.store, maxEntries: 1 }), another);
    expect(emit.mock.calls.map(([{ type }]) => type)).toEqual(['corrupt']);
    emit.mockRestore();
  });

  it('fail no call when the listener does, at once or later', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', onUnhandled);
    const failing = [
      () => {
        throw new Error('at once');
      },
      () => {
        throw NOTHING;
      },
      // Such a listener is allowed by the type.
      () => Promise.reject(new Error('later')) as unknown as undefined,
    ];
    for (const onEvent of failing) {
      const store = makeFaulty(memoryStore());
      await everything(new TempCache('spec', { store: store.store, onEvent }), store);
    }
    await setImmediate();
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });
});
