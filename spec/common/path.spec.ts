import { describe, expect, it } from '@jest/globals';
import { formatPath, type PathStep } from '../../lib/common/path.ts';

describe('a path', () => {
  it.each<readonly [string, readonly PathStep[]]>([
    ['args', []],
    ['args[0]', [0]],
    ['args[0].user.first_name$', [0, 'user', 'first_name$']],
    ['args["first name"]', ['first name']],
    ['args["0"]', ['0']],
    ['args[""]', ['']],
    ['args["a\\"]b"]', ['a"]b']],
    ['args["\\ud800"]', ['\uD800']],
    ['args["naïve"]', ['naïve']],
    ['args[Symbol(a)]', [Symbol.for('a')]],
    ['args.<map key 2>', [{ map: 'key', index: 2 }]],
    ['args.<map value 0>.a', [{ map: 'value', index: 0 }, 'a']],
    ['args.<set member 1>[2]', [{ set: 1 }, 2]],
  ])('reads %s', (path, steps) => {
    expect(formatPath('args', steps)).toBe(path);
  });
});
