import { readFileSync } from 'node:fs';
import type { NamedValue } from './named-value.ts';

/** Errors of every kind; no serializer but `v8` keeps them without help. */
export const errorValues: readonly NamedValue[] = [
  { name: 'errors with their stack', make: () => [new Error('wrong'), new RangeError('far'), new SyntaxError('')] },
  { name: 'errors without message', make: () => new Error() },
  {
    name: 'an error with a `cause`',
    make: () => new Error('outer', { cause: new TypeError('inner', { cause: { why: 1n } }) }),
  },
  { name: '`AggregateError` with its `errors`', make: () => new AggregateError([new Error('one'), 'two'], 'both') },
  {
    name: 'fields of errors (`code`)',
    make: () => Object.assign(new Error('no file'), { code: 'ENOENT', errno: -2, path: '/x' }),
  },
  { name: 'errors with hidden fields', make: () => hidden() },
  {
    name: 'an error with its `stack` removed or replaced',
    make: () => [stackless(), Object.assign(new Error('x'), { stack: 'y' })],
  },
  { name: 'errors of the operating system', make: () => thrownBy(() => readFileSync('/no/such/file')) },
  { name: 'cycles through errors', make: () => cycle() },
  { name: '`DOMException`', make: () => [new DOMException('stop', 'AbortError')] },
].map(({ name, make }) => ({ name, value: make, refusedBy: ['devalue', 'json'] }));

function hidden(): Error {
  const error = new Error('hidden');
  Object.defineProperty(error, 'name', { value: 'Hidden', configurable: true });
  Object.defineProperty(error, 'detail', { value: { a: Symbol.for('x') }, configurable: true });
  return Object.assign(error, { [Symbol.for('key')]: 1 });
}

function stackless(): Error {
  const error = new Error('no stack');
  Reflect.deleteProperty(error, 'stack');
  return error;
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

function cycle(): unknown {
  const error: Error & { self?: unknown } = new Error('around');
  error.self = { error };
  error.cause = new AggregateError([error], 'back');
  return [error, error.cause];
}
