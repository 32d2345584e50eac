import type { CheckedOptions } from './function-options.ts';

/** That a function was wrapped, and what with, whichever way its calls are made. */
export class Wrapping {
  /** Replaced as a whole when the maxAge of the function is set. */
  options: CheckedOptions;

  constructor(options: CheckedOptions) {
    this.options = options;
  }
}
