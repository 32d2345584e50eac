import { Counts } from './counts.ts';
import type { CheckedOptions } from './function-options.ts';

/** That a function was wrapped: what with, and what became of its calls, whichever way they are made. */
export class Wrapping {
  /** Replaced as a whole when the maxAge of the function is set. */
  options: CheckedOptions;
  readonly counts: Counts;

  constructor(options: CheckedOptions, counts: Counts = new Counts()) {
    this.options = options;
    this.counts = counts;
  }
}
