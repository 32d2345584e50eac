import { defineStore } from '../../lib/stores/define-store.ts';
import { mapStore } from '../../lib/stores/map-store.ts';
import { bareStore, bareStoreLater, makeTables, sevenMembers, type Tables } from '../support/bare-store.ts';
import { testStore } from '../support/test-store.ts';

/** Without a capability, uses are not kept. */
const BARE = { keepsUses: false };
/** Leases within one thread run out by a clock that no spec turns. */
const LEASELESS = { ...BARE, runsOut: false };

testStore('mapStore(new Map())', () => makeMaps(new Map()), LEASELESS);

testStore(
  'mapStore(new Map(), { async: true })',
  () => {
    const map = new Map<string, Uint8Array>();
    return { store: mapStore(map, { async: true }), other: mapStore(map, { async: true }) };
  },
  LEASELESS,
);

testStore(
  'A store of seven members',
  () => {
    const { tables, advance } = makeClocked();
    return { store: bareStore(tables), other: bareStore(tables), advance };
  },
  BARE,
);

testStore(
  'A store of seven members, asynchronous',
  () => {
    const { tables, advance } = makeClocked();
    return { store: bareStoreLater(tables), other: bareStoreLater(tables), advance };
  },
  BARE,
);

testStore(
  'A store without leases',
  () => {
    const tables = makeTables();
    const make = (): ReturnType<typeof bareStore> => {
      const { lease: _lease, ...store } = sevenMembers(tables);
      return defineStore(store);
    };
    return { store: make(), other: make() };
  },
  LEASELESS,
);

function makeMaps(map: Map<string, Uint8Array>): ReturnType<Parameters<typeof testStore>[1]> {
  return { store: mapStore(map), other: mapStore(map) };
}

/** Tables whose clock stands still but for what a case lets pass. */
function makeClocked(): { readonly tables: Tables; readonly advance: (ms: number) => void } {
  let now = Date.now();
  return { tables: makeTables(() => now), advance: (ms) => void (now += ms) };
}
