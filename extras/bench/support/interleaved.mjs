import { resultsOf, Samples } from './samples.mjs';

const DEFAULTS = { rounds: 8, calls: 50, warmUp: 200, seconds: 15 };

/**
 * Measures what writes files, call by call in turn: what creating a file costs changes from one tenth of a second to the
 * next, so that turns of many calls each, as `paired` has them, would compare different moments. The garbage of all is
 * collected before the rounds, and the young one before each of them: after a full collection it takes thousands of calls
 * until the code is optimised again, and thousands of files made for nothing would make the following ones dearer.
 *
 * @param {readonly import('./paired.mjs').Side[]} sides
 * @param {{ rounds?: number, calls?: number, warmUp?: number, seconds?: number }} [effort] `calls` and `warmUp` of each
 *   side; `seconds`: no further round begins after that, but for the first three
 * @returns the same as `paired`
 */
export async function interleaved(sides, effort) {
  const { rounds, calls, warmUp, seconds } = { ...DEFAULTS, ...effort };
  const states = sides.map((side) => ({ side, samples: new Samples(), times: [], count: 0 }));
  globalThis.gc?.();
  await inTurn(states, warmUp);
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < rounds; round++) {
    if (round >= 3 && performance.now() > end) break;
    globalThis.gc?.({ type: 'minor' });
    await inTurn(states, calls);
    for (const { samples, times } of states) samples.add(times);
  }
  return resultsOf(states);
}

/** So many calls of each; the side that comes first is another one each time. */
async function inTurn(states, calls) {
  for (const state of states) state.times = [];
  for (let index = 0; index < calls; index++) {
    const shift = index % states.length;
    for (const state of [...states.slice(shift), ...states.slice(0, shift)]) state.times.push(await once(state));
  }
}

/** The microseconds of one call. */
async function once(state) {
  const { call, isAsync } = state.side;
  const n = state.count++;
  const start = performance.now();
  const result = call(n);
  if (isAsync) await result;
  return (performance.now() - start) * 1000;
}
