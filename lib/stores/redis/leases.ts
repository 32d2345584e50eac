/** Leases in Redis: a hash for each, changed by scripts, which the server carries out one after the other. */

import { randomBytes } from 'node:crypto';
import type { GivenLease } from '../definition.ts';
import { isLostLease } from '../file/writer.ts';
import type { HeldLease } from '../store.ts';
import type { Answer, Send } from './client.ts';

/** Ms after which a lease that nobody asks for is gone. */
const FORGOTTEN = 3_600_000;

/** By the clock of the server, which all see alike. */
const NOW = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** Holder, token, since when, and ms that are left; nothing where nobody has it. */
const READ = `${NOW} local lease = redis.call('HMGET', KEYS[1], 'holder', 'token', 'since', 'until')
if not lease[1] then return nil end
return {lease[1], lease[2], lease[3], lease[4] - now}`;

/** Takes it where nobody has it, or in the place of the token that was found lost: 1 and 2. Else who has it, as above. */
const TAKE = `${NOW} local former = redis.call('HGET', KEYS[1], 'token')
if former and former ~= ARGV[4] then
local lease = redis.call('HMGET', KEYS[1], 'holder', 'token', 'since', 'until')
return {lease[1], lease[2], lease[3], lease[4] - now} end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', ARGV[2], 'since', now, 'until', now + ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[3] + ${FORGOTTEN})
if former then return 2 end return 1`;

const RENEW = `${NOW} if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] + ${FORGOTTEN}) return 1`;

const RELEASE = `if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

interface Lease extends HeldLease {
  readonly token: string;
  readonly isLost: boolean;
}

interface Wanted {
  readonly key: string;
  readonly ttl: number;
  readonly me: string;
}

/** The lease at a key, or who has it. One whose holder is dead, or silent for too long where nothing else is known of it, is taken over. */
export async function takeLease(send: Send, { key, ttl, me }: Wanted): Promise<GivenLease<'async'> | HeldLease> {
  const token = randomBytes(12).toString('hex');
  const take = async (lost: string): Promise<Answer> => send('EVAL', TAKE, '1', key, me, token, String(ttl), lost);
  let answer = await take('');
  let held = leaseIn(answer);
  if (held?.isLost === true) {
    answer = await take(held.token);
    held = leaseIn(answer);
  }
  if (held !== undefined) return held;
  return {
    takenOver: answer === 2,
    renew: async () => (await send('EVAL', RENEW, '1', key, token, String(ttl))) === 1,
    release: async () => send('EVAL', RELEASE, '1', key, token),
  };
}

/** Who has the lease at a key. */
export async function holderAt(send: Send, key: string): Promise<HeldLease | undefined> {
  const held = leaseIn(await send('EVAL', READ, '1', key));
  return held?.isLost === true ? undefined : held;
}

function leaseIn(answer: Answer): Lease | undefined {
  if (!Array.isArray(answer)) return undefined;
  const [heldBy, token, since, left] = answer.map(String) as [string, string, string, string];
  const isLost = isLostLease({ holder: heldBy, token, since: Number(since), until: Date.now() + Number(left) });
  return { heldBy, since: Number(since), token, isLost };
}
