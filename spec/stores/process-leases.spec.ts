import { beforeEach, describe, expect, it } from '@jest/globals';
import { ProcessLeases } from '../../lib/stores/grants.ts';
import { isHeld } from '../../lib/stores/store.ts';

let now = 0;
let leases = new ProcessLeases(() => now);

beforeEach(() => {
  now = 1_000_000;
  leases = new ProcessLeases(() => now);
});

function take(me: string): { readonly takenOver?: boolean | undefined; renew(): boolean; release(): unknown } {
  const lease = leases.lease('id', 100, me);
  if (isHeld(lease)) throw new Error(`It is held by ${lease.heldBy}`);
  return lease;
}

describe('A lease within one thread', () => {
  it('tells who holds it, and since when', () => {
    const before = Date.now();
    take('me');
    const held = leases.lease('id', 100, 'you');
    expect(held).toEqual({ heldBy: 'me', since: expect.any(Number) });
    expect(isHeld(held) && (held.since ?? 0) >= before).toBe(true);
  });

  it('is not re-entrant', () => {
    take('me');
    expect(leases.lease('id', 100, 'me')).toMatchObject({ heldBy: 'me' });
  });

  it('runs out, and leaves the next holder alone then', () => {
    const lost = take('me');
    now += 100;
    const next = take('you');
    expect([lost.renew(), next.takenOver]).toEqual([false, true]);
    lost.release();
    expect([next.renew(), isHeld(leases.lease('id', 100, 'me'))]).toEqual([true, true]);
  });

  it('does not last for years when the clock jumps back', () => {
    take('me');
    now -= 500_000;
    expect(take('you')).toMatchObject({ takenOver: true });
  });
});
