import { describe, expect, it } from '@jest/globals';
import { baseName, expectedFate, fate, serializers, survivalTable } from '../support/survival.ts';
import { unstorable } from '../support/unstorable-values.ts';
import { values } from '../support/values.ts';

describe.each(serializers())('the serializer $name', (serializer) => {
  it.each(values)('gives back or refuses, never changes: $name', (row) => {
    expect(fate(serializer, row.value())).toBe(expectedFate(serializer, row));
  });

  it.each(values)('does the same one level down: $name', (row) => {
    expect(fate(serializer, { a: [row.value()] })).toBe(expectedFate(serializer, row));
  });

  it.each(unstorable)('refuses with the path $path, or what it is in: $name', ({ value, path }) => {
    const refusal = refusalOf(() => serializer.serialize(value()));
    expect(refusal).toMatchObject({ code: 'ERR_TEMPCACHE_UNSERIALIZABLE' });
    if (baseName(serializer) === 'v8') expect(refusal.path).toBe(path);
    else expect(path.startsWith(refusal.path)).toBe(true);
  });
});

function refusalOf(save: () => unknown): { code: string; path: string } {
  try {
    save();
  } catch (error) {
    return error as { code: string; path: string };
  }
  throw new Error('It was not refused');
}

describe('the table of what survives', () => {
  it('has a row for every value and says nowhere that one is changed', () => {
    const table = survivalTable();
    expect(table.split('\n')).toHaveLength(values.length + 3);
    expect(table).not.toContain('changed');
  });
});
