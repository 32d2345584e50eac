import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { isSignal, signalsIn, withoutSignals, withSignal } from '../../lib/common/signals.ts';

const { signal } = new AbortController();
const own = new AbortController().signal;

/** As polyfills make them: in no relation to those of Node. */
class Polyfilled extends EventTarget {
  readonly aborted = false;
  get [Symbol.toStringTag](): string {
    return 'AbortSignal';
  }
}

class Options {
  readonly page = 1;
  readonly signal = signal;
}

class Guarded {
  readonly #page = 1;
  readonly signal = signal;
  get page(): number {
    return this.#page;
  }
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const throwing = new Proxy(
  {},
  {
    get() {
      throw new Error('do not read');
    },
  },
);

describe('A signal', () => {
  it.each([
    ['of Node', signal],
    ['with a time limit', AbortSignal.timeout(1_000_000)],
    ['of several', AbortSignal.any([signal])],
    ['of a polyfill', new Polyfilled()],
    ['with the tag and the members', { [Symbol.toStringTag]: 'AbortSignal', aborted: true, addEventListener() {} }],
  ])('%s is one', (_what, value) => {
    expect(isSignal(value)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'AbortSignal'],
    ['a target of events', new EventTarget()],
    ['the tag alone', { [Symbol.toStringTag]: 'AbortSignal' }],
    ['the members alone', { aborted: false, addEventListener() {} }],
    ['what inherits from one', Object.create(AbortSignal.prototype)],
    ['a proxy that throws', throwing],
    ['a revoked proxy', revoked()],
  ])('is not %s', (_what, value) => {
    expect(isSignal(value)).toBe(false);
  });
});

describe('The signals of arguments', () => {
  it('are those among them and those in the property signal, no deeper', () => {
    expect(signalsIn([1, signal, { signal: own }])).toEqual([signal, own]);
    expect(signalsIn([[signal], { options: { signal } }, new Map([['signal', signal]])])).toBeUndefined();
    expect(signalsIn([undefined, null, 'signal', { signal: undefined }, { signal: 'red' }])).toBeUndefined();
  });

  it('are found where a getter or a prototype gives them, and never throw', () => {
    expect(signalsIn([new Request('http://localhost/', { signal })])).toHaveLength(1);
    expect(signalsIn([throwing, revoked()])).toBeUndefined();
  });
});

describe('Arguments without their signals', () => {
  it('are the very list where there are none', () => {
    const args = [1, { signal: 'red' }];
    expect(withoutSignals(args)).toBe(args);
  });

  it.each<[unknown[], unknown[]]>([
    [[1, signal], [1]],
    [[signal], []],
    [[1, signal, signal], [1]],
    [
      [1, signal, 2],
      [1, undefined, 2],
    ],
    [[undefined, signal], [undefined]],
    [
      [1, signal, undefined],
      [1, undefined, undefined],
    ],
    [[{ signal }], [{}]],
    [[{ page: 1, signal }, signal], [{ page: 1 }]],
  ])('%j have undefined in their place, and end before the last ones', (args, left) => {
    expect(withoutSignals(args)).toStrictEqual(left);
  });

  it('keep prototypes and descriptors of what had one, and leave that as it was', () => {
    const options = Object.defineProperties(Object.create(null) as { signal?: unknown; page?: number }, {
      page: { value: 1, enumerable: true },
      hidden: { value: 2 },
      signal: { value: signal, enumerable: true },
    });
    const [left] = withoutSignals([options]) as [object];
    expect(Object.getPrototypeOf(left)).toBeNull();
    expect(Object.getOwnPropertyDescriptors(left)).toEqual({
      page: { value: 1, enumerable: true, writable: false, configurable: false },
      hidden: { value: 2, enumerable: false, writable: false, configurable: false },
    });
    expect(options.signal).toBe(signal);
  });

  it('keep what a proxy answers', () => {
    const options = new Proxy({ page: 1, signal }, { get: (of, key, to) => key === 'page' ? 7 : Reflect.get(of, key, to) }); // prettier-ignore
    const [left] = withoutSignals([options]) as [{ page: number }];
    expect([Object.keys(left), left.page]).toEqual([['page'], 7]);
  });

  it('keep instances, which say themselves what counts', () => {
    const options = new Options();
    expect(withoutSignals([options])).toEqual([options]);
  });
});

describe('Arguments with another signal', () => {
  it('have it in the place of each', () => {
    const args = [signal, 1, { page: 1, signal }, [signal]];
    expect(withSignal(args, own)).toEqual([own, 1, { page: 1, signal: own }, [signal]]);
    expect((withSignal(args, own)[2] as { signal: unknown }).signal).toBe(own);
    expect((args[2] as { signal: unknown }).signal).toBe(signal);
  });

  it('keep prototypes, descriptors and frozen originals', () => {
    const defaults = { retries: 3 };
    const options = Object.freeze(
      Object.defineProperties(Object.create(defaults) as { signal: unknown; retries: number }, {
        signal: { value: signal, enumerable: false },
        now: { get: () => 1, enumerable: true },
      }),
    );
    const [copy] = withSignal([options], own) as [typeof options];
    expect([copy.signal, copy.retries, Object.keys(copy)]).toEqual([own, 3, ['now']]);
    expect(Object.getPrototypeOf(copy)).toBe(defaults);
    expect(Object.getOwnPropertyDescriptor(copy, 'now')?.get).toBeDefined();
  });

  it('keep the class of options, of another realm too', () => {
    const foreign = runInNewContext('class Options {}; Object.assign(new Options(), { page: 1 })') as object;
    const plain = runInNewContext('({ page: 1 })') as object;
    for (const options of [new Options(), Object.assign(foreign, { signal }), Object.assign(plain, { signal })]) {
      const [copy] = withSignal([options], own) as [typeof options & { page: number }];
      expect([copy.signal, copy.page, copy !== options]).toEqual([own, 1, true]);
      expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(options));
    }
  });

  it('have what cannot be copied as it is', () => {
    const request = new Request('http://localhost/', { signal });
    const rows = Object.assign([1], { signal });
    const proxy = new Proxy({ signal }, {});
    const guarded = new Guarded();
    const child = Object.create(proxy) as object;
    const args = [request, rows, proxy, guarded, child, new Map(), Object.assign(new Map(), { signal })];
    for (const [index, arg] of withSignal(args, own).entries()) expect(arg).toBe(args[index]);
    expect(guarded.page).toBe(1);
  });
});
