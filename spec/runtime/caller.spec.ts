import { describe, expect, it, jest } from '@jest/globals';
import { getEventListeners } from 'node:events';
import process from 'node:process';
import { Caller } from '../../lib/runtime/caller.ts';
import { defer } from '../support/deferred.ts';

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('A caller with a signal', () => {
  it('is given what comes of a promise', async () => {
    const { signal } = new AbortController();
    expect(await new Caller([signal]).wait(Promise.resolve(1))).toBe(1);
    await expect(new Caller([signal]).wait(Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(listenersOf(signal)).toBe(0);
  });

  it('goes as soon as one of its signals aborts, with its reason, and leaves what it waits for once', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const caller = new Caller([first.signal, second.signal]);
    const awaited = { lose: jest.fn() };
    const waiting = caller.wait(defer().promise);
    caller.waitFor(awaited);
    const reason = { why: 'enough' };
    second.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    first.abort();
    expect([caller.isGone, awaited.lose.mock.calls]).toEqual([true, [[reason]]]);
    expect([listenersOf(first.signal), listenersOf(second.signal)]).toEqual([0, 0]);
  });

  it('leaves what it waited for when it waits for something else', () => {
    const caller = new Caller([new AbortController().signal]);
    const awaited = [{ lose: jest.fn() }, { lose: jest.fn() }] as const;
    for (const each of awaited) caller.waitFor(each);
    expect(awaited.map(({ lose }) => lose.mock.calls.length)).toEqual([1, 0]);
  });

  it('leaves nothing that has ended', async () => {
    const controller = new AbortController();
    const caller = new Caller([controller.signal]);
    const awaited = { lose: jest.fn() };
    caller.waitFor(awaited);
    await caller.wait(Promise.resolve(1));
    controller.abort();
    expect(awaited.lose).not.toHaveBeenCalled();
  });

  it('does not wait when its signal has aborted before', async () => {
    await expect(new Caller([AbortSignal.abort('before')]).wait(defer().promise)).rejects.toBe('before');
  });

  it('has a reason where a polyfill gives none', async () => {
    const silent = { aborted: true, addEventListener() {}, removeEventListener() {} } as unknown as AbortSignal;
    await expect(new Caller([silent]).wait(defer().promise)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('shares one listener with all that have its signal, and none is left', async () => {
    const warned = jest.fn();
    process.on('warning', warned);
    const controller = new AbortController();
    const pending = defer<number>();
    const waiting = Array.from({ length: 10_000 }, async () => new Caller([controller.signal]).wait(pending.promise));
    expect(listenersOf(controller.signal)).toBe(1);
    pending.resolve(1);
    await Promise.all(waiting);
    expect(listenersOf(controller.signal)).toBe(0);
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it('waits under a signal whose other callers have gone or ended', async () => {
    const controller = new AbortController();
    const [ended, waiting] = [defer<number>(), defer<number>()];
    const calls = [ended, waiting].map(async ({ promise }) => new Caller([controller.signal]).wait(promise));
    ended.resolve(1);
    await calls[0];
    controller.abort('late');
    await expect(calls[1]).rejects.toBe('late');
  });
});
