import process from 'node:process';

/**
 * A job: code that runs without a pause, up to the next callback of a promise or of `process.nextTick`. What a function leaves to
 * be done after an await is done in a later job.
 */
let job: object | undefined;

const settled = Promise.resolve();

/** The job that runs at this moment; what is put off from now on runs when it is over. */
export function currentJob(): object {
  if (job === undefined) {
    const begun = {};
    const end = (): void => {
      if (job === begun) job = undefined;
    };
    job = begun;
    // Whichever of the two queues is emptied first.
    process.nextTick(end);
    void settled.then(end);
  }
  return job;
}

/** Whether a job is the one that runs at this moment. */
export function isCurrent(other: object): boolean {
  return other === job;
}

/** A promise, and what settles it. */
export interface Deferred<R> {
  readonly promise: Promise<R>;
  settle(given: R): void;
}

export function defer<R>(): Deferred<R> {
  let settle: ((given: R) => void) | undefined;
  const promise = new Promise<R>((resolve) => {
    settle = resolve;
  });
  return { promise, settle: settle as unknown as (given: R) => void };
}
