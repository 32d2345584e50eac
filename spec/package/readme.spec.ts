import { describe, expect, it } from '@jest/globals';

import { node, write } from '../support/packed.ts';
import { examplesOf, readme } from '../support/readme.ts';

const examples = examplesOf(readme);

describe('the README', () => {
  it('has an example for every part', () => {
    expect(examples.length).toBeGreaterThanOrEqual(11);
  });

  it.each(examples.map((example, index) => [example.title, index, example] as const))(
    'shows under "%s" what example %i prints',
    async (_title, index, { code, prints }) => {
      expect(prints).not.toHaveLength(0);
      const printed = await node(await write(`readme-${index}.mjs`, code));
      expect(printed.split('\n').map((line) => line.trimEnd())).toEqual(prints);
    },
  );
});
