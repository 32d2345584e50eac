import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ownEnvironment, project, write } from '../support/packed.ts';

const exec = promisify(execFile);
const modules = join(import.meta.dirname, '..', '..', 'node_modules');

const BODY = `
test('a cache', async () => {
  const cache = TempCache.temporary();
  let runs = 0;
  const load = cache.wrap(function load(id) { runs++; return { id, map: new Map([[id, new Date(id)]]) }; });
  const later = cache.wrap(async function later(id) { runs++; return [id]; });
  for (let n = 0; n < 2; n++) {
    expect(load(1)).toStrictEqual({ id: 1, map: new Map([[1, new Date(1)]]) });
    expect(load(1).map).toBeInstanceOf(Map);
    expect([...load(1).map.values()][0]).toBeInstanceOf(Date);
  }
  for (let n = 0; n < 2; n++) expect(await later(2)).toEqual([2]);
  expect(runs).toBe(2);
  const old = cache.wrap(async function old(id) { return id; }, { maxAge: 0, staleWhileRevalidate: true });
  expect([await old(3), (await old.cache.run(3)).status]).toEqual([3, 'stale']);
  expect([cache.stats().entries, cache.prune().corrupt]).toEqual([3, 0]);
  cache.close();
});

test('objects of the realm of the test', () => {
  const make = () => {
    const value = { date: new Date(0), set: new Set([/x/g]), big: Object(1n), error: new RangeError('x', { cause: [1] }) };
    return Object.assign(value, { self: value, memory: new ArrayBuffer(2), list: [undefined, new Float64Array(2)] });
  };
  for (const memory of [false, true]) {
    const cache = TempCache.temporary({ memory });
    cache.itemForKey('kinds').save(make());
    for (let n = 0; n < 3; n++) {
      const { date, set, big, error, self, ...rest } = cache.itemForKey('kinds').load();
      expect([date, set, big, error, self, rest.list].map((part) => part.constructor)).toEqual(
        [Date, Set, BigInt, RangeError, Object, Array]);
      expect([...set][0].constructor).toBe(RegExp);
      expect(error.cause.constructor).toBe(Array);
      expect([rest.memory.constructor, rest.list[1].constructor]).toEqual([ArrayBuffer, Float64Array]);
      expect(self.self).toBe(self);
    }
    cache.close();
  }
});

test('a cache with devalue', () => {
  const cache = TempCache.temporary({ serializer: devalueSerializer() });
  cache.itemForKey({ n: 1 }).save(new Set([1]));
  expect([...cache.itemForKey({ n: 1 }).load()]).toEqual([1]);
  cache.close();
});

test('a cache whose time and timers are not real', async () => {
  jest.useFakeTimers({ now: 0 });
  const cache = TempCache.temporary();
  const later = cache.wrap(async function later(id) { return new Date(id); }, { maxAge: '1h' });
  expect([(await later(1)).getTime(), (await later(1)).getTime()]).toEqual([1, 1]);
  expect(await later(1)).toBeInstanceOf(Date);
  const day = cache.wrap(function day(date) { return date.getTime(); });
  expect([day(new Date(5)), day(new Date(6)), day.cache.run(new Date(5)).status]).toEqual([5, 6, 'hit']);
  jest.setSystemTime(3_600_001);
  expect(later.cache.itemFor(1).exists()).toBe(false);
  jest.useRealTimers();
  cache.close();
});

test('the environment of the test', () => {
  process.env.TEMPCACHE_DIR = FOLDER;
  expect(new TempCache('name').path).toBe(require('node:path').join(FOLDER, 'name'));
});
`;
const REQUIRES = `const { TempCache } = require('tempcache');
const { devalueSerializer } = require('tempcache/devalue');`;
const IMPORTS = `import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import { TempCache } from 'tempcache';
import { devalueSerializer } from 'tempcache/devalue';
const require = createRequire(import.meta.url);`;

interface Run {
  readonly name: string;
  readonly text: string;
  readonly config?: object;
  readonly flags?: string;
}

/** Runs one test file in a Jest that is configured like that, and returns how many tests have passed. */
async function passedIn({ name, text, config = {}, flags = '' }: Run): Promise<number> {
  const folder = join('jest', name.replace('.', '-'));
  const path = `const FOLDER = ${JSON.stringify(join(project, folder, 'caches'))};`;
  await write(join(folder, name), `${text}\n${path}\n${BODY}`);
  const configured = await write(join(folder, 'config.json'), JSON.stringify({ rootDir: '.', ...config }));
  const args = [join(modules, 'jest', 'bin', 'jest.js'), '--config', configured, '--json', '--runInBand', '--no-cache'];
  const env = { ...ownEnvironment(), NODE_OPTIONS: flags };
  try {
    const { stdout } = await exec(process.execPath, args, { cwd: project, env });
    return (JSON.parse(stdout) as { numPassedTests: number }).numPassedTests;
  } catch (error) {
    // Jest tells there what has failed, and execFile shows it not at all.
    throw new Error((error as { stderr: string }).stderr, { cause: error });
  }
}

const jsdom = { testEnvironment: join(modules, 'jest-environment-jsdom') };

describe('tests of programs that use the package pass', () => {
  it.each<[string, Run]>([
    ['in Jest as it comes', { name: 'default.test.js', text: REQUIRES }],
    ['in Jest with jsdom', { name: 'jsdom.test.js', text: REQUIRES, config: jsdom }],
    [
      'in Jest that transforms packages',
      {
        name: 'transformed.test.js',
        text: REQUIRES,
        config: { transformIgnorePatterns: ['/node_modules/(?!tempcache/)'] },
      },
    ],
    [
      'in Jest with ES modules',
      {
        name: 'modules.test.mjs',
        text: IMPORTS,
        config: { testMatch: ['**/*.mjs'] },
        flags: '--experimental-vm-modules --no-warnings',
      },
    ],
  ])('%s', async (_, run) => {
    expect(await passedIn(run)).toBe(5);
  });
});
