/** A function that counts its runs. */
export function makeCounter(): { readonly count: (id: number) => { id: number; run: number }; runs: number } {
  const counter = {
    runs: 0,
    count: (id: number): { id: number; run: number } => ({ id, run: ++counter.runs }),
  };
  return counter;
}
