import { closeSync, openSync } from 'node:fs';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { bytesOf } from '../../../lib/testing/support.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Uses up all descriptors, tries every call, gives the descriptors back and tries again. */
const [path] = scriptArgs<[string]>();
const store = fileStore({ path });
const id = 'a'.repeat(64);
const hints = { expiresAt: Infinity };
/** In two parts when it is read, as large records are. */
const record = bytesOf(100_000);
store.set(id, [record], hints);
const calls: Record<string, () => unknown> = {
  get: () => store.get(id)?.length,
  peek: () => store.peek(id)?.size,
  set: () => store.set(id, [record], hints),
  entries: () => [...store.entries()].length,
  clear: () => store.clear(),
  sweep: () => store.sweep().leftovers,
};

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    return [code, cause?.code];
  }
}

function useUp(): number[] {
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch {
    return taken;
  }
}

const free = useUp();
free.forEach(closeSync);
const starved: Record<string, unknown> = {};
for (let round = 0; round < 50; round++) {
  const taken = useUp();
  for (const [name, call] of Object.entries(calls)) starved[name] = attempt(call);
  taken.forEach(closeSync);
}
const freeAfter = useUp();
freeAfter.forEach(closeSync);
const after = Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, attempt(call) ?? null]));
say({ starved, after, lost: free.length - freeAfter.length });
