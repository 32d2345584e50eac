/** Helpers of three-helpers.mjs. */
export const scale = (n) => n * 2;
export const round = (n) => Math.round(n);
