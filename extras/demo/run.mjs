// One run of the demo, in a process of its own: analyses every file of a folder through a cache and prints what it took.
// Usage: node run.mjs <cache folder> <folder of files>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { TempCache } from 'tempcache';
import ts from 'typescript';
import { analyse, visit } from './analyse.mjs';
import { summarise } from './summary.mjs';

const [cacheFolder, filesFolder] = argv.slice(2);
const counts = { hit: 0, miss: 0 };

const cache = new TempCache(cacheFolder, {
  onEvent: ({ type }) => {
    if (type === 'hit' || type === 'miss') counts[type] += 1;
  },
});

// The source text of `analyse` is part of its identity: edit it, and everything is computed again. What it uses from outside cannot
// be seen from there, so the helper and the version of the parser are named. The key of a call is made of its arguments: the
// text itself is one of them, so a changed file is another call, and no time stamp has to be trusted.
const cachedAnalyse = cache.wrap(analyse, { deps: [visit, ts.version] });

const files = readdirSync(filesFolder).toSorted();
const began = performance.now();
const analyses = files.map((name) => cachedAnalyse(name, readFileSync(join(filesFolder, name), 'utf8')));
const ms = performance.now() - began;

console.log(
  JSON.stringify({ files: files.length, computed: counts.miss, served: counts.hit, ms, ...summarise(analyses) }),
);
