import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../lib/options/nearest.ts';

const NAMES = ['name', 'maxAge', 'mode', 'serializer', 'maxEntries', 'maxBytes', 'staleIfError', 'waitTimeout'];

describe('The nearest name', () => {
  it.each([
    ['maxage', 'maxAge'],
    ['max_age', 'maxAge'],
    ['MAXAGE', 'maxAge'],
    ['maxAges', 'maxAge'],
    ['serialiser', 'serializer'],
    ['serialzier', 'serializer'],
    ['maxEntires', 'maxEntries'],
    ['maxByte', 'maxBytes'],
    ['staleOnError', 'staleIfError'],
    ['timeout', undefined],
    ['ttl', undefined],
    ['nme', 'name'],
    ['node', 'mode'],
    ['x', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('to %p is %p', (name, expected) => {
    expect(nearest(name, NAMES)).toBe(expected);
  });

  it('is the first of several that are as near', () => {
    expect(nearest('node', ['mode', 'note'])).toBe('mode');
    expect(nearest('maxage', ['maxAgo', 'maxAge'])).toBe('maxAge');
  });
});
