import process from 'node:process';

import { InspectorReader } from './inspector-reader.ts';
import type { Reader } from './reader.ts';

let reader: Reader | undefined;
let reason: string | undefined;

/** Why the functions of this thread can never be read; undefined where they can. */
export function whyBlind(): string | undefined {
  readerOfThread();
  return reason;
}

/** The reader of this thread, made when it is first needed; undefined where there is none, or not now. */
export function readerOfThread(): Reader | undefined {
  if (reader !== undefined || reason !== undefined) return reader;
  if (process.versions['bun'] !== undefined || process.versions['deno'] !== undefined) {
    reason = 'this runtime is not Node';
    return undefined;
  }
  try {
    reader = new InspectorReader();
  } catch (error) {
    // Without a code it is no answer for good: the stack may have no room.
    const { code } = Object(error) as { readonly code?: unknown };
    if (typeof code === 'string') reason = `Node's inspector is not to be had (${code})`;
  }
  return reader;
}
