import { sep } from 'node:path';

import { fileStore, type Store } from '../../index.ts';
import { copyEntries, exportEntries, importEntries, type CopyReport } from '../../inspector/index.ts';
import { type Call, type Command, type ExitCode, misused, textOf } from '../command.ts';
import type { Context } from '../context.ts';
import { isUrl, openStore } from '../stores.ts';
import { showNumberOf, showSize } from '../terminal/units.ts';
import { chooseOne, pathOf, rootOf } from './select.ts';

const BY_NAME = ['-f, --function <name>', 'only the entries of functions of this name'] as const;

/** `tempcache copy`: from one cache or store to another. */
export const copy: Command = {
  name: 'copy',
  summary: 'copy entries from one cache or store to another',
  argument: ['<from-and-to...>', 'two caches: names, paths, or URLs such as sqlite:./file'],
  options: [BY_NAME],
  details:
    'Entries keep their times. One of the target that is as new or newer stays; damaged ones are left out.\nThe target is made where it is missing.',
  examples: [
    ['tempcache copy demo sqlite:./demo.sqlite', 'puts all of the cache "demo" into SQLite'],
    ['tempcache copy ./here demo --function loadUser', 'the entries of one function'],
  ],
  run: async (call) =>
    report(call, { words: 'Copied', title: 'copying' }, async (onProgress) => {
      const [from, to] = two(call.names, 'copy needs two caches: from and to');
      return using(source(call.context, from), async (one) =>
        using(target(call.context, to), async (other) => copyEntries(one, other, { ...filterOf(call), onProgress })),
      );
    }),
};

/** `tempcache export`: into one file. */
export const exportTo: Command = {
  name: 'export',
  summary: 'write the entries of a cache into one file',
  argument: ['<cache-and-file...>', 'a cache, by name, path or URL, and the file'],
  options: [BY_NAME],
  details: 'For `tempcache import` on another machine, such as the next job of a CI.',
  examples: [['tempcache export demo demo.tempcache', 'all entries of the cache "demo"']],
  run: async (call) =>
    report(call, { words: 'Exported', title: 'exporting' }, async (onProgress) => {
      const [from, file] = two(call.names, 'export needs a cache and a file');
      return using(source(call.context, from), async (store) =>
        exportEntries(store, file, { ...filterOf(call), onProgress }),
      );
    }),
};

/** `tempcache import`: out of one file. */
export const importFrom: Command = {
  name: 'import',
  summary: 'read entries from a file of `tempcache export` into a cache',
  argument: ['<file-and-cache...>', 'the file, and a cache, by name, path or URL'],
  details: 'An entry of the cache that is as new or newer stays. The cache is made where it is missing.',
  examples: [['tempcache import demo.tempcache demo', 'into the cache "demo"']],
  run: async (call) =>
    report(call, { words: 'Imported', title: 'importing' }, async (onProgress) => {
      const [file, to] = two(call.names, 'import needs a file and a cache');
      return using(target(call.context, to), async (store) => importEntries(file, store, { onProgress }));
    }),
};

type Work = (onProgress: (done: number) => void) => Promise<CopyReport>;

async function report(
  { context }: Call,
  { words, title }: { readonly words: string; readonly title: string },
  work: Work,
): Promise<ExitCode> {
  const { copied, bytes, kept, damaged } = await context.progressLater(title, work);
  if (context.isJson) await context.json({ copied, bytes, kept, damaged });
  else {
    const rest = [
      kept > 0 ? `, ${kept} kept that were as new` : '',
      damaged > 0 ? `, ${damaged} damaged left out` : '',
    ];
    await context.out.line(
      `${words} ${showNumberOf(copied, 'entry', 'entries')} (${showSize(bytes)})${rest.join('')}.`,
    );
  }
  return damaged > 0 ? 1 : 0;
}

function filterOf({ options }: Call): { readonly name?: string } {
  const name = textOf(options, 'function');
  return name === undefined ? {} : { name };
}

function two(names: readonly string[], needs: string): readonly [string, string] {
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length > 2) throw misused(needs);
  return [first, second];
}

/** A cache that must be there. @throws Complaint */
function source(context: Context, name: string): Store {
  chooseOne(context, name).inspector.close();
  return target(context, name);
}

function target(context: Context, name: string): Store {
  if (isUrl(name)) return openStore(name);
  const [path, root] = [pathOf(context, name), rootOf(context)];
  return fileStore(path.startsWith(root + sep) ? { path, root } : { path });
}

async function using<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
