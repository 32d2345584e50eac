/** Functions as programs have them, with what packages make in their modules. Each is edited in what it passes to the package. */
import { BUNDLES, COMMON_JS, using } from './programs.mjs';

export const CASES = {
  'luxon: zone of an import': using(
    ['luxon', '{ DateTime }'],
    [
      'const begin = DateTime.fromISO("2024-01-01T00:00:00", { zone: "utc" });\nconst day = (x) => begin.plus({ days: x }).toISODate();\nshow(function f(x) { return day(x); });',
      ['2024-01-01', '2024-02-01'],
      ['2024-01-11', '2024-02-11'],
    ],
  ),
  'date-fns: pattern': using(
    ['date-fns', '{ format, addDays }'],
    [
      'const PATTERN = "yyyy-MM-dd";\nshow(function f(x) { return format(addDays(new Date(2024, 0, 1), x), PATTERN); });',
      ['yyyy-MM-dd', 'dd.MM.yyyy'],
      ['2024-01-11', '11.01.2024'],
    ],
  ),
  'bignumber.js: rate': using(
    ['bignumber.js', 'BigNumber'],
    [
      'const RATE = new BigNumber("1.1");\nshow(function f(x) { return RATE.times(x).toFixed(2); });',
      ['"1.1"', '"1.2"'],
      ['11.00', '12.00'],
    ],
  ),
  'immutable: table': using(
    ['immutable', '* as immutable'],
    [
      'const rates = immutable.Map({ eu: 2, us: 3 });\nshow(function f(x) { return x * rates.get("eu"); });',
      ['eu: 2', 'eu: 4'],
      [20, 40],
    ],
  ),
  'immer: initial state': using(
    ['immer', '{ produce }'],
    [
      'const initial = { sum: 1 };\nconst add = produce((draft, x) => { draft.sum += x; });\nshow(function f(x) { return add(initial, x).sum; });',
      ['sum: 1', 'sum: 2'],
      [11, 12],
    ],
  ),
  'ajv: schema': using(
    ['ajv', '{ Ajv }'],
    [
      'const ajv = new Ajv();\nconst validate = ajv.compile({ type: "number", maximum: 11 });\nshow(function f(x) { return validate(x); });',
      ['maximum: 11', 'maximum: 9'],
      [true, false],
    ],
  ),
  'ajv: schema in a table of its own': using(
    ['ajv', '{ Ajv }'],
    [
      'const SCHEMA = { type: "number", maximum: 11 };\nconst ajv = new Ajv();\nshow(function f(x) { return ajv.validate(SCHEMA, x); });',
      ['maximum: 11', 'maximum: 9'],
      [true, false],
    ],
  ),
  'ramda: pipe': using(
    ['ramda', '* as R'],
    [
      'const total = R.pipe(R.add(1), R.multiply(2));\nshow(function f(x) { return total(x); });',
      ['multiply(2)', 'multiply(3)'],
      [22, 33],
    ],
  ),
  'rxjs: stream': using(
    ['rxjs', '{ lastValueFrom, of, map }'],
    [
      'const double = map((x) => x * 2);\nshow(async function f(x) { return lastValueFrom(of(x).pipe(double)); });',
      ['x * 2', 'x * 3'],
      [20, 30],
    ],
  ),
  'p-limit: limit': using(
    ['p-limit', 'pLimit'],
    [
      'const limit = pLimit(2);\nconst load = async (x) => x + 1;\nshow(async function f(x) { return limit(() => load(x)); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
    { without: COMMON_JS },
  ),
  'p-queue: queue': using(
    ['p-queue', 'PQueue'],
    [
      'const queue = new PQueue({ concurrency: 2 });\nconst load = async (x) => x + 1;\nshow(async function f(x) { return queue.add(() => load(x)); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
    { without: COMMON_JS },
  ),
  'p-retry: retries': using(
    ['p-retry', 'pRetry'],
    [
      'const load = async (x) => x + 1;\nconst options = { retries: 2 };\nshow(async function f(x) { return pRetry(() => load(x), options); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
    { without: COMMON_JS },
  ),
  'lru-cache: memo': using(
    ['lru-cache', '{ LRUCache }'],
    [
      'const memo = new LRUCache({ max: 10 });\nfunction helper(x) { if (!memo.has(x)) memo.set(x, x + 1); return memo.get(x); }\nshow(function f(x) { return helper(x); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
  ),
  'axios: instance with an adapter': using(
    ['axios', 'axios'],
    [
      'const api = axios.create({ adapter: async (config) => ({ data: config.url + "/1", status: 200, headers: {}, config }) });\nshow(async function f(x) { return (await api.get(`/users/${x}`)).data; });',
      ['"/1"', '"/2"'],
      ['/users/10/1', '/users/10/2'],
    ],
    { without: BUNDLES },
  ),
  'pino: silent logger': using(
    ['pino', 'pino'],
    [
      'const log = pino({ level: "silent" });\nconst RATE = 2;\nshow(function f(x) { log.info(x); return x * RATE; });',
      ['RATE = 2', 'RATE = 3'],
      [20, 30],
    ],
    { without: BUNDLES },
  ),
  'eventemitter3: emitter': using(
    ['eventemitter3', '{ EventEmitter }'],
    [
      'const bus = new EventEmitter();\nbus.on("x", () => undefined);\nconst RATE = 2;\nshow(function f(x) { bus.emit("x"); return x * RATE; });',
      ['RATE = 2', 'RATE = 3'],
      [20, 30],
    ],
  ),
  'bottleneck: limiter': using(
    ['bottleneck', 'Bottleneck'],
    [
      'const limiter = new Bottleneck({ maxConcurrent: 2 });\nconst load = async (x) => x + 1;\nshow(async function f(x) { return limiter.schedule(() => load(x)); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
  ),
};
