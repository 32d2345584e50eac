import { cacheKey, memoryStore, TempCache } from '../../../lib/index.ts';
import { say } from '../../support/script-side.ts';

/** Classes with decorated methods of all kinds; says what came of their calls. */
const events: string[] = [];
const cache = new TempCache('decorated', {
  store: memoryStore(),
  onEvent: ({ type, name }) => events.push(`${type} ${name}`),
});
let runs = 0;

class Shop {
  readonly #tax: number;
  constructor(tax: number) {
    this.#tax = tax;
  }
  [cacheKey](): number {
    return this.#tax;
  }

  @cache.wrap
  price(net: number): number {
    runs++;
    return net * this.#tax;
  }

  @cache.wrap({ name: 'Shop.later', maxAge: '1h' })
  async later(net: number): Promise<number> {
    runs++;
    return net + this.#tax;
  }

  @cache.wrap
  static round(value: number): number {
    runs++;
    return Math.round(value);
  }

  @cache.wrap({ ignoreThis: true })
  static make(tax: number): number {
    runs++;
    return new this(tax).#secret(1);
  }

  @cache.wrap
  static refused(): string {
    return this.name;
  }

  @cache.wrap
  #secret(value: number): number {
    runs++;
    return value + this.#tax;
  }
  secret(value: number): number {
    return this.#secret(value);
  }

  @cache.wrap
  *items(count: number): Generator<number, string, unknown> {
    for (let item = 0; item < count; item++) yield item * this.#tax;
    return 'end';
  }
}

class Outlet extends Shop {
  static [cacheKey](): string {
    return 'the one';
  }

  @cache.wrap({ name: 'Outlet.price' })
  override price(net: number): number {
    runs++;
    return super.price(net) / 2;
  }

  @cache.wrap
  static self(): string {
    runs++;
    return this.name;
  }
}

function counted<T>(ask: () => T): readonly [T, number] {
  const before = runs;
  const value = ask();
  return [value, runs - before];
}

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const { code, path, message } = error as { code: unknown; path: unknown; message: string };
    return [code, path, message.includes('static method [cacheKey]()')];
  }
}

async function main(): Promise<void> {
  const [one, two, outlet] = [new Shop(2), new Shop(3), new Outlet(2)];
  const { price } = one;
  const later = [await one.later(1), await one.later(1), await two.later(1)];
  say({
    instances: [counted(() => one.price(10)), counted(() => one.price(10)), counted(() => two.price(10))],
    equal: counted(() => new Shop(2).price(10)),
    subclass: [counted(() => outlet.price(10)), counted(() => outlet.price(10)), counted(() => one.price(10))],
    later,
    static: [counted(() => Shop.round(1.5)), counted(() => Shop.round(1.5)), counted(() => Outlet.round(1.5))],
    ignoring: [counted(() => Shop.make(2)), counted(() => Shop.make(2))],
    staticThis: codeOf(() => Shop.refused()),
    staticKey: [counted(() => Outlet.self()), counted(() => Outlet.self())],
    private: [counted(() => one.secret(5)), counted(() => one.secret(5)), counted(() => two.secret(5))],
    generator: [[...one.items(3)], [...one.items(3)], [...two.items(3)]],
    borrowed: [
      codeOf(() => Reflect.apply(price, { tax: 2 }, [10])),
      codeOf(() => price.call(undefined as never, 10)),
      codeOf(() => price.call({ price } as never, 10)),
    ],
    names: [one.price.name, one.price.length, Shop.round.name],
    events: events.filter((event) => event.endsWith('later')),
  });
}

await main();
