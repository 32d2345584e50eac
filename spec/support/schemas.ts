import type { StandardSchema } from '../../lib/options/judging.ts';

/** A schema that takes even numbers, and would make texts of them. */
export function schema(isLate: boolean): StandardSchema {
  const validate = (value: unknown): object =>
    Number(value) % 2 === 0 ? { value: `${value}` } : { issues: [{ message: 'It is odd' }, { message: 'It is bad' }] };
  return {
    '~standard': {
      version: 1,
      vendor: 'spec',
      validate: (value) => (isLate ? Promise.resolve(validate(value)) : validate(value)),
    },
  };
}

/** Whether a number is even. */
export const isEven: (value: unknown) => boolean = (value) => Number(value) % 2 === 0;
