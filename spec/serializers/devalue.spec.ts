import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { devalueSerializer } from '../../lib/serializers/devalue.ts';

class Money {
  readonly amount: number;
  readonly note: unknown;
  constructor(amount: number, note?: unknown) {
    this.amount = amount;
    this.note = note;
  }
}

const serializer = devalueSerializer({
  reducers: {
    Money: (value) => value instanceof Money && [value.amount, value.note],
    Bytes: (value) => Buffer.isBuffer(value) && value.toString('hex'),
    Shout: (value) => value === 'shout' && { loud: true },
  },
  revivers: {
    Money: ([amount, note]: [number, unknown]) => new Money(amount, note),
    Bytes: (hex: string) => Buffer.from(hex, 'hex'),
    Shout: () => 'shout',
  },
});

describe('devalueSerializer', () => {
  it('has the major version of the devalue package', () => {
    const url = new URL('../../node_modules/devalue/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(url, 'utf8')) as { version: string };
    expect(devalueSerializer()).toMatchObject({ name: 'devalue', version: Number(version.split('.')[0]) });
  });

  it('writes readable text', () => {
    expect(Buffer.from(serializer.serialize({ a: 'é' })).toString()).toBe('[{"a":1},"é"]');
  });

  it('keeps what reducers take, in each other and in several places', () => {
    const coin = new Money(1, new Money(2, [Buffer.from('ab'), 'shout']));
    const value = { list: [coin, coin], bytes: Buffer.from('cd') };
    const back = serializer.deserialize(serializer.serialize(value)) as typeof value;
    expect(back).toStrictEqual(value);
    expect(back.list[0]).toBe(back.list[1]);
  });

  it('checks what a reducer returned like any value', () => {
    const refused = () => serializer.serialize({ coin: new Money(1, [() => 2]) });
    expect(refused).toThrow(expect.objectContaining({ path: 'value.coin[1][0]' }));
  });

  it('calls each reducer once for each value', () => {
    let calls = 0;
    const counting = devalueSerializer({ reducers: { Count: (value) => value instanceof Money && [++calls] } });
    const coin = new Money(1);
    counting.serialize([coin, coin]);
    expect(calls).toBe(1);
  });

  it('refuses a cycle through what a reducer returned', () => {
    const note: unknown[] = [];
    note.push({ coin: new Money(1, note) });
    expect(() => serializer.serialize({ note })).toThrow(expect.objectContaining({ path: 'value.note[0].coin' }));
  });

  it('refuses a boxed primitive that a reducer would take apart', () => {
    const boxed = Reflect.apply(Object, undefined, ['shout']) as unknown;
    expect(() => serializer.serialize([boxed])).toThrow(expect.objectContaining({ path: 'value[0]' }));
  });

  it('says which reducer failed and where', () => {
    const cause = new Error('no');
    const failing = devalueSerializer({
      reducers: {
        Bad: () => {
          throw cause;
        },
      },
    });
    expect(() => failing.serialize({ a: 1 })).toThrow(expect.objectContaining({ path: 'value', cause }));
  });

  it('stores the bytes that a view shows and no others', () => {
    const view = new Uint8Array(1000).subarray(10, 12);
    expect(serializer.serialize(view).byteLength).toBeLessThan(60);
  });

  it('refuses an own key named __proto__ with the error of devalue as cause', () => {
    const value = { a: JSON.parse('{"__proto__":1}') as unknown };
    const refusal = expect.objectContaining({ path: 'value.a', cause: expect.any(Error) });
    expect(() => serializer.serialize(value)).toThrow(refusal);
  });

  it('throws for text that it did not write', () => {
    for (const text of ['', 'x', '[', '{}', '[["Foo",1]]', '[[1]]', '"\uFFFD"']) {
      expect(() => serializer.deserialize(Buffer.from(text))).toThrow();
    }
    expect(() => serializer.deserialize(Uint8Array.of(0x22, 0xff, 0x22))).toThrow();
  });

  it('refuses bad options', () => {
    expect(() => devalueSerializer({ reducer: {} } as object)).toThrow(
      /"reducer"; did you mean "reducers"\? It knows reducers, revivers/,
    );
    expect(() => devalueSerializer({ reducers: { a: 1 } } as object)).toThrow(/reducers.a .* must be a function/);
    expect(() => devalueSerializer({ revivers: [] } as object)).toThrow(/revivers .* must be an object/);
  });
});
