import { describe, expect, it } from '@jest/globals';
import { durationInWords, timeInWords } from '../../lib/common/duration-words.ts';

describe('A duration in words', () => {
  it.each([
    [0, '0 ms', '0 ms'],
    [0.5, '0.5 ms', '0 ms'],
    [999, '999 ms', '999 ms'],
    [1000, '1 second', '1 second'],
    [1500, '1 second 500 ms', '1 second'],
    [59_999, '59 seconds 999 ms', '59 seconds'],
    [60_000, '1 minute', '1 minute'],
    [90_000, '1 minute 30 seconds', '1 minute 30 seconds'],
    [3_600_000, '1 hour', '1 hour'],
    [5_400_000, '1 hour 30 minutes', '1 hour 30 minutes'],
    [86_399_999, '23 hours 59 minutes', '23 hours 59 minutes'],
    [86_400_000, '1 day', '1 day'],
    [604_800_000, '7 days', '7 days'],
    [97_200_000, '1 day 3 hours', '1 day 3 hours'],
    [Infinity, 'for ever', 'for ever'],
  ])('of %d ms is %s, and as a time that has passed %s', (ms, words, rounded) => {
    expect(durationInWords(ms)).toBe(words);
    expect(timeInWords(ms)).toBe(rounded);
  });
});
