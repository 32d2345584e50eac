import { describe, expect, it } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { lmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts';
import { bytesOf, idOf, NEVER } from '../../../lib/testing/support.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { testPlacedStore } from '../../support/test-placed-store.ts';

const tempFolder = useTempFolders();
const newPath = (): string => join(tempFolder(), 'folder', 'cache.lmdb');

testPlacedStore('lmdbStore', lmdbStore, newPath);

describe('lmdbStore', () => {
  it('makes a folder that only its owner can enter', () => {
    const path = newPath();
    lmdbStore({ path }).set(idOf(0), [bytesOf(1)], NEVER);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });
});
