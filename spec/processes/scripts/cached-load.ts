import { TempCache } from '../../../lib/index.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Calls a cached function and says what came of it, and whether it was computed. */
const [path, id] = scriptArgs<[string, number]>();
const events: string[] = [];
const cache = new TempCache(path, { onEvent: ({ type }) => events.push(type) });
const load = cache.wrap(async function load(user: number) {
  return { user, by: process.pid };
});

const value = await load(id);
say({ value, again: await load(id), events, pid: process.pid });
