import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { encodeFingerprints, FINGERPRINT } from '../../lib/records/fingerprints.ts';
import { encodeRecord } from '../../lib/records/frame.ts';
import { START } from '../support/clock.ts';
import { fieldsWith } from '../support/records.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { idOf, NEVER } from '../support/store-suite/use-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets time pass, and all that happens then come to its end. */
async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 100; turn++) {
    await setImmediate();
    await jest.advanceTimersByTimeAsync(1);
  }
}

describe.each(storeKinds)('In the background of the saves of a cache over $name', (kind) => {
  const makeCache = useCaches(kind);

  it('what is superseded goes a week after its last use', async () => {
    const { cache, store } = makeCache({ maxAge: 30 * DAY });
    const versions = [1, 2].map((code) => {
      const fingerprints = [FINGERPRINT.place, FINGERPRINT.code].map(
        (tag) => [tag, tag === FINGERPRINT.code ? code : 1] as const,
      );
      const fields = {
        id: idOf(code),
        name: 'load',
        identity: String(code).repeat(16),
        keepUntil: Infinity,
        maxAge: Infinity,
      };
      return fieldsWith({
        ...fields,
        createdAt: START,
        fingerprints: encodeFingerprints(new Uint8Array(0), fingerprints),
      });
    });
    for (const version of versions) await store.set(version.id, encodeRecord(version, new Uint8Array(1)), NEVER);
    const save = async (): Promise<void> => {
      await store.touch(idOf(2), Date.now());
      await cache.itemForKey(1).save(1);
      await pass(2 * HOUR);
    };
    jest.setSystemTime(START + 6 * DAY);
    await save();
    expect(await cache.itemForId(idOf(1)).info()).toMatchObject({ name: 'load' });
    jest.setSystemTime(START + 8 * DAY);
    await save();
    expect(await cache.itemForId(idOf(1)).info()).toBe(undefined);
    expect(await cache.itemForId(idOf(2)).info()).toMatchObject({ name: 'load' });
  });
});
