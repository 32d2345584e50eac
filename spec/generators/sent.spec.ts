import { describe, expect, it } from '@jest/globals';
import { drain, generatorCases, wrapItems, type AnyGenerator } from '../support/generators.ts';
import { useCaches } from '../support/store-kinds.ts';

function* talk(count: number): Generator<string, string> {
  let heard: unknown = 'nothing';
  for (let n = 0; n < count; n++) {
    try {
      heard = (yield `${n} heard ${String(heard)}`) ?? 'nothing';
    } catch (error) {
      heard = `the error ${String(error)}`;
    }
  }
  return `last heard ${String(heard)}`;
}

async function* talkLater(count: number): AsyncGenerator<string, string> {
  return yield* talk(count);
}

const SILENT = ['0 heard nothing', '1 heard nothing', '2 heard nothing', 'last heard nothing'];

async function value(result: ReturnType<AnyGenerator['next']>): Promise<unknown> {
  return (await result).value;
}

describe.each(generatorCases)('What a consumer sends into $name', ({ store, source: { kind } }) => {
  const make = useCaches(store);

  function setUp() {
    const underTest = make();
    return { ...underTest, items: wrapItems(underTest, kind === 'sync' ? talk : talkLater) };
  }

  async function converse(generator: AnyGenerator): Promise<unknown[]> {
    return [
      await value(generator.next('too early')),
      await value(generator.next('hello')),
      await value(generator.next()),
      await value(generator.next('bye')),
    ];
  }
  const TALK = ['0 heard nothing', '1 heard hello', '2 heard nothing', 'last heard bye'];

  it('arrives, and then the run is not stored: it is not that of the arguments alone', async () => {
    const { items, trace } = setUp();
    expect(await converse(items(3))).toEqual(TALK);
    expect(trace.take()).toEqual(['miss absent', 'skip sent']);
    expect(await drain(items(3))).toEqual(SILENT);
    expect(trace.take()).toEqual(['miss absent', 'save']);
  });

  it('arrives where the run is stored: the generator is run anew up to there', async () => {
    const { items, trace } = setUp();
    await drain(items(3));
    trace.take();
    expect(await converse(items(3))).toEqual(TALK);
    expect(trace.take()).toEqual(['hit', 'skip sent']);
    expect(await drain(items(3))).toEqual(SILENT);
    expect(trace.take()).toEqual(['hit']);
  });

  it('may be an error, which the generator may survive', async () => {
    const { items, trace } = setUp();
    for (const events of [
      ['miss absent', 'skip sent'],
      ['miss absent', 'save'],
      ['hit', 'skip sent'],
    ]) {
      const generator = items(3);
      if (events.includes('save')) await drain(generator);
      else {
        const heard: unknown[] = [];
        for (const step of [() => generator.next(), () => generator.next(), () => generator.throw('mine')])
          heard.push(await value(step()));
        heard.push(await value(generator.next()));
        expect(heard).toEqual([...SILENT.slice(0, 2), '2 heard the error mine', 'last heard nothing']);
      }
      expect(trace.take()).toEqual(events);
    }
  });
});
