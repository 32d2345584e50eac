import process from 'node:process';

/**
 * A job: code that runs without a pause, up to the next callback of a promise or of `process.nextTick`. What a function leaves to
 * be done after an await is done in a later job.
 */
let job: object | undefined;

const settled = Promise.resolve();

/** The job that runs at this moment; whatever is put off from now on runs when it is over. */
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

/** Whether a job is not over. */
export function isCurrentJob(known: object): boolean {
  return known === job;
}
