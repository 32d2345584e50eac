import { describe, expect, it } from '@jest/globals';
import { encodeRecord, readHead } from '../../lib/records/frame.ts';
import type { RecordFields, RecordHead } from '../../lib/records/head.ts';
import { fieldsWith, ID } from '../support/records.ts';

function headOf(fields: Partial<RecordFields>): RecordHead {
  return readHead(encodeRecord(fieldsWith(fields), new Uint8Array(3))[0] as Uint8Array, ID);
}

describe('The head of a record', () => {
  it('tells its serializer from every other one', () => {
    const head = headOf({ serializer: 'v8', serializerVersion: 3, name: 'xyz' });
    expect(head.isBy('v8', 3)).toBe(true);
    for (const [name, version] of [
      ['v8', 2],
      ['v8', 0],
      ['v', 3],
      ['v9', 3],
      ['V8', 3],
      ['v8x', 3],
      ['', 3],
    ] as const) {
      expect([name, version, head.isBy(name, version)]).toEqual([name, version, false]);
    }
  });

  it('tells serializers with names of several bytes a character apart', () => {
    const head = headOf({ serializer: 'größe' });
    expect([head.isBy('größe', 1), head.isBy('grösse', 1), head.isBy('größ\u00C3', 1)]).toEqual([true, false, false]);
    expect(headOf({ serializer: 'abcde' }).isBy('größe', 1)).toBe(false);
  });

  it('tells its id', () => {
    expect(headOf({}).id).toBe(ID);
  });

  it('tells its texts apart, whichever of them are empty', () => {
    for (const [serializer, name, label] of [
      ['s', '', ''],
      ['s', 'name', ''],
      ['s', '', 'label'],
      ['serializer', 'n', 'l'],
    ] as const) {
      const head = headOf({ serializer, name, label });
      expect([head.serializer, head.name, head.label]).toEqual([serializer, name, label]);
    }
  });

  it('tells the identity of its function, and that it has none', () => {
    const identities = ['0123456789abcdef', '00000000000000ff', ''];
    expect(identities.map((identity) => headOf({ identity }).identity)).toEqual(identities);
  });

  it('tells the length of its payload', () => {
    expect(headOf({}).payloadLength).toBe(3);
  });
});
