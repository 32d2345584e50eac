/** A program of one file: its text, what is edited, what is right before and after that, and more. */
export const one = (main, [from, to], ...[values, more]) => ({
  files: { main },
  edit: ['main', from, to],
  to: values,
  ...more,
});

/** A program of two files, of which the second is edited. */
export const two = ([main, lib], [from, to], ...[values, more]) => ({
  files: { main, lib },
  edit: ['lib', from, to],
  to: values,
  ...more,
});
