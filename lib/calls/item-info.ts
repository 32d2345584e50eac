import { readHead } from '../records/frame.ts';
import { endOf } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import type { PeekedRecord } from '../stores/store.ts';
import { asking, guarded, type ItemScope } from './item.ts';
import { observeCorrupt } from './observe.ts';
import { bytesOfChunks, runsToRemove } from '../runs/items.ts';
import type { CallContext } from './context.ts';
import type { Steps } from '../runtime/steps.ts';
import { lastUseOf } from '../usage/last-use.ts';

/** What is known of an item without reading its value. Times are ms since the epoch. */
export interface ItemInfo {
  readonly id: string;
  /** The name of the function; an empty string for an item without one. */
  readonly name: string;
  /** What the option `label` gave, or an empty string. */
  readonly label: string;
  readonly createdAt: number;
  /** When it expires for this cache; `Infinity` for never. */
  readonly expiresAt: number;
  /** The last use, at least the last save. Uses by other processes are known as in `clear`. */
  readonly lastUsedAt: number;
  /** Bytes of the whole record; of a generator's run with all its parts. */
  readonly bytes: number;
  /** The name of the serializer. */
  readonly serializer: string;
  /** Ms that the computation took; 0 for a value that was saved by hand. */
  readonly computeMs: number;
}

/** As `exists` a question. @throws StoreError */
export function* info(scope: ItemScope): Steps<ItemInfo | undefined> {
  const { context, id } = scope;
  const { settings, backing } = context;
  if (settings.mode === 'off') return undefined;
  const peeked = yield* guarded(
    scope,
    'read',
    asking(() => backing.store.peek(id)),
  );
  if (peeked === undefined) return undefined;
  let head: RecordHead;
  try {
    head = readHead(peeked.head, id);
  } catch (error) {
    observeCorrupt(context, id, { hasValue: false, reason: 'corrupt', error });
    return undefined;
  }
  return yield* guarded(scope, 'read', infoOf(context, head, peeked));
}

/** What is known of an item of which a store has shown the head. @throws what the store throws */
export function* infoOf(context: CallContext, head: RecordHead, peeked: PeekedRecord): Steps<ItemInfo> {
  const { backing, settings } = context;
  const { id, name, label, createdAt, serializer, computeMs } = head;
  const chunks =
    head.kind === 'run' ? yield* bytesOfChunks(backing.store, id, yield* runsToRemove(backing.store, id)) : 0;
  const expiresAt = endOf(head, settings.maxAge);
  const lastUsedAt = lastUseOf(backing, peeked);
  return { id, name, label, createdAt, expiresAt, lastUsedAt, bytes: peeked.size + chunks, serializer, computeMs };
}
