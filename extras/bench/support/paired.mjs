import { resultsOf, Samples } from './samples.mjs';

/**
 * Measures things that are to be compared, in turns, in this process.
 *
 * In every round each side has one turn, and the order of the sides changes from round to round. Before a turn the
 * garbage of all is collected, and the side runs for a while untimed: a full collection throws away the hidden classes
 * that no living object has, and with them the optimised code that relies on them. The ratio of two sides is the median
 * over the rounds of the ratios within a round: whatever else the machine does for longer than a round falls on both.
 *
 * @typedef {object} Side
 * @property {string} name
 * @property {(n: number) => unknown} call `n` counts the calls of this side, from 0 on
 * @property {string} [base] the side that it is a multiple of; default: the first one
 * @property {boolean} [isAsync] whether what it returns is awaited
 * @property {number} [batch] calls in one sample, for what is too short for the clock; default 1
 * @property {() => unknown} [before] runs before each turn, outside of the time
 *
 * @typedef {object} Effort
 * @property {number} [rounds] counted ones
 * @property {number} [warmUp] rounds before them
 * @property {number} [settle] untimed ms before a turn, up to three times that until 5000 calls are done
 * @property {number} [turn] timed ms; one sample is taken at least
 * @property {number} [calls] the most samples of a turn
 * @property {number} [seconds] no further round begins after that, but for the first three
 *
 * @param {readonly Side[]} sides
 * @param {Effort} [effort]
 * @returns {Promise<Map<string, { name: string, median: number, p99: number, ratio: number, samples: number }>>} times in
 *   microseconds a call
 */
export async function paired(sides, effort = {}) {
  const { rounds = 20, warmUp = 2, seconds = 20 } = effort;
  const states = sides.map((side) => new State(side, effort));
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < rounds + warmUp; round++) {
    if (round >= warmUp + 3 && performance.now() > end) break;
    for (const state of inTurn(states, round)) await state.turn(round >= warmUp);
  }
  return resultsOf(states);
}

/** Every side comes first, last and after each other side. */
function inTurn(states, round) {
  const shift = round % states.length;
  const turned = [...states.slice(shift), ...states.slice(0, shift)];
  return round % 2 === 0 ? turned : turned.toReversed();
}

/** What the calls return goes here, so that no call can be left out as useless. */
export let sink;

class State {
  #count = 0;
  /** @readonly */
  samples = new Samples();

  constructor(side, { settle = 100, turn = 20, calls = 4096 }) {
    this.side = side;
    this.settle = settle;
    this.length = turn;
    this.times = new Float64Array(calls);
  }

  async turn(isCounted) {
    const { side, times } = this;
    const { call, batch = 1 } = side;
    await side.before?.();
    globalThis.gc?.();
    const timed = side.isAsync ? timeAsync : timeSync;
    await this.#settleDown(timed, batch);
    const { n, taken } = await timed(call, { times, batch, from: this.#count, ms: this.length });
    this.#count = n;
    if (isCounted) this.samples.add(times.subarray(0, taken));
  }

  /** In the same loop as what is timed, which is to be as warm as what it calls; in pieces, for the times to hold them. */
  async #settleDown(timed, batch) {
    const { side, times, settle } = this;
    const from = this.#count;
    const started = performance.now();
    for (let ms = 0; ms < settle || (ms < 3 * settle && this.#count - from < SETTLED);) {
      this.#count = (await timed(side.call, { times, batch, from: this.#count, ms: settle / 4 })).n;
      ms = performance.now() - started;
    }
  }
}

/** After so many calls V8 has optimised what it will, where it has a processor for that. */
const SETTLED = 5000;

/** Until the times are full or the ms are over. */
function timeSync(call, { times, batch, from, ms }) {
  const end = performance.now() + ms;
  let n = from;
  let taken = 0;
  while (taken < times.length) {
    const start = performance.now();
    for (let left = batch; left > 0; left--) sink = call(n++);
    const stop = performance.now();
    times[taken++] = ((stop - start) * 1000) / batch;
    if (stop > end) break;
  }
  return { n, taken };
}

async function timeAsync(call, { times, batch, from, ms }) {
  const end = performance.now() + ms;
  let n = from;
  let taken = 0;
  while (taken < times.length) {
    const start = performance.now();
    for (let left = batch; left > 0; left--) sink = await call(n++);
    const stop = performance.now();
    times[taken++] = ((stop - start) * 1000) / batch;
    if (stop > end) break;
  }
  return { n, taken };
}
