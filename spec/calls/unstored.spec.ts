import { describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';

import { TempCache } from '../../lib/index.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

class Session {
  readonly id = 1;
}

describe('a function whose value cannot be stored', () => {
  it('has the process warn once, of what it is, where, what it costs and what to do', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
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
    warn.mockRestore();
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

  it('has no one warn of a value that is stored', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    new TempCache(newFolder(), { types: [Session] }).wrap(function ok() {
      return new Session();
    })();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
