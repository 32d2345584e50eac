/** A function that fails until it is told to work. */
export interface Failing {
  readonly compute: () => unknown;
  readonly state: { error: unknown; calls: number; works: boolean };
}

/** Fails with what it is told to, counted. */
export function failing(...given: unknown[]): Failing {
  const [error] = given.length > 0 ? given : [new RangeError('no luck')];
  const state = { error, calls: 0, works: false };
  const compute = (): unknown => {
    state.calls++;
    if (!state.works) throw state.error;
    return `value ${state.calls}`;
  };
  return { compute, state };
}
