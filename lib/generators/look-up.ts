import { readManifest } from '../runs/manifest.ts';
import { judgeAs, UNREAD, type NotFound, type Result } from '../records/outcome.ts';
import { unreadable } from '../calls/observe.ts';
import type { Site } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** What is stored of a generator's run: the value is its manifest. @throws UnsafeFolderError */
export function* lookUpRun(site: Site, id: string): Steps<Result | NotFound> {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    return judgeAs(yield* step(shared.store.get(id)), id, { settings, read: readManifest });
  } catch (error) {
    return unreadable(site, id, error);
  }
}
