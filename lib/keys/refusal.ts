import { types } from 'node:util';

import { describe, formatPath, type PathStep } from '../common/describe.ts';
import { UnkeyableError } from '../common/errors.ts';

/** Why a value cannot be a key; caught where its path is known and turned into an `UnkeyableError`. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** No path in an error has more steps. */
const MAX_STEPS = 100;

const CURE = 'can say what the key is instead';

/** The error for what was thrown while a key was written, with the path to where that was. */
export function explain(thrown: unknown, root: string, steps: readonly PathStep[]): UnkeyableError {
  const shown = formatPath(root, steps.slice(0, MAX_STEPS));
  const path = steps.length > MAX_STEPS ? `${shown}...` : shown;
  if (thrown instanceof Refusal) {
    const cure = root === 'this' ? 'can say what the key is instead, and `ignoreThis` leaves `this` out' : CURE;
    const message = `${path} ${thrown.reason}. Nothing was cached; the option \`key\` ${cure}`;
    return new UnkeyableError(message, { path });
  }
  return new UnkeyableError(`${path} cannot be read as a key: ${describeThrown(thrown)}`, { path, cause: thrown });
}

/** A method `cacheKey` and a proxy may throw anything, even what cannot be turned into text. */
function describeThrown(thrown: unknown): string {
  try {
    const shown: unknown = types.isNativeError(thrown) ? thrown.message : thrown;
    return String(shown);
  } catch {
    return describe(thrown);
  }
}
