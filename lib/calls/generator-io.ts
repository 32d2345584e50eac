import { readManifest } from './manifest.ts';
import { judgeAs, UNREAD, UNREADABLE, type NotFound, type Result } from './plan.ts';
import { swallow } from './report.ts';
import type { Site } from './site.ts';
import { step, type Steps } from './steps.ts';

/** What is stored of a generator's run: the value is its manifest. @throws UnsafeFolderError */
export function* lookUpRun(site: Site, id: string): Steps<Result | NotFound> {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    return judgeAs(yield* step(shared.store.get(id)), id, { settings, read: readManifest });
  } catch (error) {
    swallow(site, 'readFailed', { id, error });
    return UNREADABLE;
  }
}
