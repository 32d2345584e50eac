import type { CallContext } from '../calls/context.ts';
import { CallFingerprints, type Dependencies } from './call-fingerprints.ts';
import { CallIds } from './call-ids.ts';
import { codeOf } from './captures/classes.ts';
import { noteRunOnce } from './captures/runs.ts';
import { digestOfCode } from './captures/code.ts';
import { contextOf, type CacheParts } from './function-context.ts';
import type { CheckedOptions } from './function-options.ts';
import type { Identity } from './identity.ts';
import { isBlind, observeCaptures, type Moment } from './live-identity.ts';
import type { AnyFunction } from './source.ts';

/** What calls go by as long as the function is the one that it is. */
export interface Identified {
  readonly moment: Moment;
  readonly context: CallContext;
  readonly ids: CallIds;
  readonly fingerprints: CallFingerprints;
}

interface Parts extends CacheParts {
  readonly fn: AnyFunction;
  readonly identity: Identity;
  readonly options: CheckedOptions;
}

/** What calls go by from a moment on; `before`: what they went by until then. */
export function identified(moment: Moment, parts: Parts, before: Identified | undefined): Identified {
  const { fn, settings, backing, salt } = parts;
  const identity = { ...parts.identity, digest: moment.digest };
  // Without the cache a function goes as through one that is off.
  const own = moment.refusal === undefined ? settings : settings.but({ forcedMode: 'off' }, settings);
  const context = contextOf(fn, { ...parts, identity, settings: own });
  context.seenPromise = before?.context.seenPromise ?? false;
  context.seenValue = before?.context.seenValue ?? false;
  const remembers = backing.tier !== undefined;
  const { key, ignoreThis, deps } = parts.options;
  const { env, files, captures: rule } = settings;
  const outside = { name: identity.name, env, files, deps };
  const terms = { key, ignoreThis, remembers, outside };
  const ids = new CallIds(identity, isBlind(rule) ? terms : { ...terms, codeOf });
  if (before !== undefined) observeCaptures(context, before.moment.graph, moment.graph);
  return {
    moment,
    context,
    ids,
    fingerprints: new CallFingerprints(parts.identity, salt, dependenciesOf(context, moment, parts)),
  };
}

/** What the function depends on, which its saves write down; undefined where nothing shows it. */
function dependenciesOf(
  context: CallContext,
  { graph }: Moment,
  { fn, options: { places = [] }, settings, backing }: Parts,
): Dependencies | undefined {
  if (graph === undefined) return undefined;
  const code = (): string | undefined => digestOfCode([...places, ...graph.knownFiles()]);
  const run = { fn, name: context.name, graph, places, code, store: backing.store, now: settings.clock };
  if (places.length > 0) context.onSave = () => noteRunOnce(run);
  return { captures: graph.captures, places, code };
}
