/**
 * Prints a tour of the command for the guide: makes two small caches in a folder of its own, and shows what the command says
 * of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady } from './ready.mjs';
import { root } from './run.mjs';

/** What the tour shows in the place of its own folder. */
const SHOWN_FOLDER = '/tmp/tempcache-1000';

/** What fills the caches: a process of its own, as the caches of users are filled. */
const PROGRAM = `
import { TempCache } from 'tempcache';

const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const shop = new TempCache('shop', { maxAge: '7d' });
const team = new TempCache('team/weather', { maxAge: '1h' });

const monthlyReport = shop.wrap(
  function monthlyReport(month, rows) {
    wait(120);
    return Array.from({ length: rows }, (_, index) => ({ order: index, month, total: index * 3.5 }));
  },
  { maxAge: '30d', label: (month) => month },
);
const priceOf = shop.wrap(
  function priceOf(article) {
    wait(12);
    return { article, price: article + 3, currency: 'EUR' };
  },
  { label: (article) => 'article ' + article },
);
const forecast = team.wrap(
  function forecast(city) {
    wait(60);
    return { city, degrees: city.length, wind: ['west', 3] };
  },
  { label: (city) => city },
);

for (const [month, rows] of [['2026-08', 1000], ['2026-09', 1100], ['2026-10', 1200]]) {
  for (let call = 0; call < 6; call++) monthlyReport(month, rows);
}
for (let call = 0; call < 60; call++) priceOf(call % 12);
for (const city of ['Rome', 'Oslo', 'Rome', 'Lima', 'Rome']) forecast(city);
`;

/** The tour as text: each command after a dollar sign, and what it prints. The package must be built. */
export function commandTour() {
  const folder = mkdtempSync(join(tmpdir(), 'tempcache-tour-'));
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tempcache = (...args) => nodeIn(folder, [join(root, bin.tempcache), ...args]);
  try {
    nodeIn(folder, ['--input-type=module', '--eval', PROGRAM]);
    const { entries } = JSON.parse(tempcache('ls', 'shop', '--json'));
    const { id } = entries.find(({ label }) => label === 'article 6');
    const tour = [
      ['ls'],
      ['ls', 'shop', '--sort', 'size', '-n', '3'],
      ['stats'],
      ['show', id.slice(0, 6)],
      ['prune', '--unused', '2d', '--max-size', '500MB', '--dry-run'],
      ['doctor'],
    ].map((args) => `$ npx tempcache ${args.join(' ')}\n${tempcache(...args)}`);
    return tour.join('').replaceAll(folder, SHOWN_FOLDER);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function nodeIn(folder, args) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    TEMPCACHE_DIR: folder,
    TEMPCACHE_MODE: '',
    NO_COLOR: '1',
    COLUMNS: '',
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`);
  return stdout + stderr;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await makeReady();
  process.stdout.write(commandTour());
}
