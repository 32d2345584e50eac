import { describe, expect, it } from '@jest/globals';
import { defineType, deserialize, serialize, type TypeOrClass } from '../../lib/v8-serializer-utils/index.ts';
import { sameValue } from '../support/same-value.ts';

class Point {
  x: number;
  y: unknown;
  constructor(x: number, y: unknown = 0) {
    this.x = x;
    this.y = y;
  }
  get sum(): number {
    return this.x + Number(this.y);
  }
}
class Labelled extends Point {
  label = 'here';
}
class NotFound extends Error {
  readonly status = 404;
  get isClientError(): boolean {
    return this.status < 500;
  }
}
class Rows extends Array<unknown> {
  total = 0;
}

/** A class that another one reaches, and does not name in its properties. */
class Zone {
  readonly offset = 60;
}
class Moment {
  readonly at = 1;
  zone: unknown = new Zone();
}

function copyOf<T>(value: T, ...types: TypeOrClass[]): T {
  return deserialize(serialize(value, { types }), { types }) as T;
}

describe('a class that is named', () => {
  it('gives back instances with their prototype and own properties, which need no constructor', () => {
    const back = copyOf({ at: new Point(1, { deep: new Point(2) }) }, Point);
    expect(back.at).toBeInstanceOf(Point);
    expect(back.at.sum).toBeNaN();
    expect((back.at.y as { deep: Point }).deep.sum).toBe(2);
    expect(sameValue(back, { at: new Point(1, { deep: new Point(2) }) })).toBe(true);
  });

  it('keeps attributes, symbol keys, and that instances are frozen', () => {
    const point = Object.defineProperty(new Point(1), 'hidden', { value: [1] });
    const other = Object.freeze(Object.assign(new Point(2), { [Symbol.for('k')]: new Point(3) }));
    expect(sameValue(copyOf([point, other], Point), [point, other])).toBe(true);
  });

  it('keeps cycles through instances, and one instance in several places', () => {
    const first = new Point(1);
    const second = new Point(2, first);
    first.y = second;
    const map = new Map<unknown, unknown>([[first, new Set([second])]]);
    const back = copyOf({ first, second, map }, Point);
    expect(back.first.y).toBe(back.second);
    expect(back.second.y).toBe(back.first);
    expect([...back.map.keys()]).toEqual([back.first]);
    expect(back.second).toBeInstanceOf(Point);
  });

  it('keeps errors of an own class, with what their class adds', () => {
    const error = new NotFound('gone', { cause: new NotFound('before') });
    const back = copyOf(error, NotFound);
    expect(back).toBeInstanceOf(NotFound);
    expect(back.isClientError).toBe(true);
    expect(back.cause).toBeInstanceOf(NotFound);
    expect(sameValue(back, error)).toBe(true);
  });

  it('keeps arrays of an own class', () => {
    const rows = Object.assign(Rows.from([1, , new Point(1)]), { total: 3 });
    const back = copyOf(rows, Rows, Point);
    expect(back).toBeInstanceOf(Rows);
    expect(sameValue(back, rows)).toBe(true);
  });

  it('keeps instances of functions that were written as classes', () => {
    function Old(this: { v: number }): void {
      this.v = 1;
    }
    Old.prototype.read = function read(this: { v: number }): number {
      return this.v;
    };
    const old = Reflect.construct(Old, []) as { read(): number };
    expect(copyOf([old], Old as never)[0]?.read()).toBe(1);
  });

  it('is stored as its name where a value refers to it', () => {
    const own = Object.assign(new Point(1), { constructor: Point });
    const back = copyOf({ own, list: [Point], map: new Map([[Point, Point]]) }, Point);
    expect(back.own.constructor).toBe(Point);
    expect(back.list).toEqual([Point]);
    expect(back.map.get(Point)).toBe(Point);
    expect(() => serialize([Labelled], { types: [Point] })).toThrow(/value\[0\] is the function Labelled/);
  });

  it('stands for no subclass', () => {
    expect(() => serialize([new Labelled(1)], { types: [Point] })).toThrow(/value\[0\] is an instance of Labelled/);
    expect(copyOf(new Labelled(1), Point, Labelled)).toBeInstanceOf(Labelled);
  });

  it('brings along classes that its code reaches, in another registry too', () => {
    const bytes = serialize([new Moment(), new Zone()], { types: [Moment] });
    const [moment, zone] = deserialize(bytes, { types: [Moment] }) as [Moment, Zone];
    expect(moment.zone).toBeInstanceOf(Zone);
    expect(zone).toBeInstanceOf(Zone);
    expect(() => serialize(new Zone(), { types: [] })).toThrow(/an instance of Zone/);
  });

  it('brings along what it names alone', () => {
    expect(() => serialize([new Moment(), new Point(1)], { types: [Moment] })).toThrow(
      /value\[1\] is an instance of Point/,
    );
  });

  it('names the inner class that it does not reach', () => {
    const hidden = (() =>
      class Inner {
        readonly v = 1;
      })();
    expect(() => serialize([Object.assign(new Moment(), { zone: new hidden() })], { types: [Moment] })).toThrow(
      /value\[0\]\.zone is an instance of Inner/,
    );
  });

  it('says which class is missing where it is read without', () => {
    expect(() => deserialize(serialize(new Point(1), { types: [Point] }))).toThrow(
      /No type named "Point" is registered: pass its class/,
    );
  });

  it('counts by its code', () => {
    const make = (sum: string): { new (): object } =>
      Reflect.construct(Function, [`return class Account { total() { return ${sum}; } }`])() as { new (): object };
    const [before, same, edited] = [make('1'), make('1'), make('2')];
    const bytes = serialize(new before(), { types: [before] });
    expect(deserialize(bytes, { types: [same] })).toBeInstanceOf(same);
    expect(() => deserialize(bytes, { types: [edited] })).toThrow(/"Account" has changed/);
  });

  it('may have another name', () => {
    const named = defineType({ name: 'other', class: Point });
    expect(copyOf(new Point(1), named)).toEqual(new Point(1));
    const other = {
      Point: class {
        readonly v = 1;
      },
    }.Point;
    expect(() => serialize(1, { types: [Point, other] })).toThrow(/Two types have the name "Point".*defineType/);
    expect(copyOf([new Point(1), new other()], named, other)[1]).toBeInstanceOf(other);
    expect(() =>
      serialize(1, {
        types: [
          (() =>
            class {
              readonly v = 1;
            })(),
        ],
      }),
    ).toThrow(/needs a name/);
  });
});
