/** One step into a value: a property, an index, or a member of a `Map` or a `Set` by its place. */
export type PathStep =
  string | number | symbol | { readonly map: 'key' | 'value'; readonly index: number } | { readonly set: number };

/** `formatPath('args', [0, 'user', 'first name'])` is `args[0].user["first name"]`. */
export function formatPath(root: string, steps: readonly PathStep[]): string {
  return root + steps.map(formatStep).join('');
}

function formatStep(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'symbol') return `[${String(step)}]`;
  if (typeof step === 'string') return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  return 'set' in step ? `.<set member ${step.set}>` : `.<map ${step.map} ${step.index}>`;
}
