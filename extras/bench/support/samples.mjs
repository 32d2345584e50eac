import { median, quantile } from './statistics.mjs';

/** The times of one side, by rounds. */
export class Samples {
  /** @readonly the median of each round */
  #rounds = [];
  /** @readonly */
  #all = [];

  /** @param {ArrayLike<number>} times those of a round, in microseconds a call */
  add(times) {
    this.#rounds.push(median(times));
    for (const time of Array.from(times)) this.#all.push(time);
  }

  /** @param {string} name @param {Samples} base what the ratio is to: the median of the ratios within the rounds */
  result(name, base) {
    const ratios = this.#rounds.map((round, index) => round / base.#rounds[index]);
    const samples = this.#all.length;
    return { name, median: median(this.#all), p99: quantile(this.#all, 0.99), ratio: median(ratios), samples };
  }
}

/**
 * The results of all sides by their names, each with its ratio to its base.
 *
 * @param {readonly { side: { name: string, base?: string }, samples: Samples }[]} states
 */
export function resultsOf(states) {
  const [first] = states;
  const byName = new Map(states.map(({ side, samples }) => [side.name, samples]));
  return new Map(
    states.map(({ side: { name, base = first.side.name }, samples }) => [name, samples.result(name, byName.get(base))]),
  );
}
