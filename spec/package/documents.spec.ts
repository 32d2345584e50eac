import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { documentAt, documents, examplesOf, linesOf, partOf, root, type Example } from '../support/documents.ts';
import { compile, ownEnvironment, project, write } from '../support/packed.ts';

const exec = promisify(execFile);
const typeRoots = [join(root, 'node_modules', '@types')];
/** Answers the requests of the examples, which reach no network. */
const answers = pathToFileURL(join(root, 'spec', 'support', 'fetch-for-examples.mjs')).href;

/** An example and the folder in which it runs, one for each. */
interface Placed extends Example {
  readonly folder: string;
}

const placed = documents.map((document) => ({
  path: document.path,
  examples: examplesOf(document).map((example): Placed => ({ ...example, folder: folderOf(document.path, example) })),
}));
const typed = placed.flatMap(({ examples }) => examples).filter(({ kind }) => kind === 'mts');

describe.each(placed.filter(({ examples }) => examples.length > 0))('$path', ({ examples }) => {
  it.each(examples.map((example) => [example.title, example.line, example] as const))(
    'shows under "%s" what the example of line %i prints',
    async (_title, _line, example) => {
      const file = await place(example);
      const promised = [example.prints, ...(example.again === undefined ? [] : [example.again])];
      const printed: (readonly string[])[] = [];
      while (printed.length < promised.length) printed.push(await run(example, file));
      expect(printed).toEqual(promised);
    },
  );
});

describe('the examples in TypeScript', () => {
  it('are right about their types', async () => {
    expect(typed.length).toBeGreaterThan(0);
    expect(await compileTyped()).toBe('');
  });
});

describe('the page of the command', () => {
  it('shows what the command prints', async () => {
    const { stdout } = await exec(process.execPath, [join(root, 'extras', 'tasks', 'command-tour.mjs')], {
      env: ownEnvironment(),
    });
    const shown = partOf(documentAt('extras/docs/command-line.md'), 'tour');
    expect(formOf(stdout.slice(stdout.indexOf('$ npx')))).toEqual(formOf(shown.replaceAll(/^```.*$/gm, '')));
  });
});

beforeAll(async () => {
  // A package that examples import themselves, which `NODE_PATH` is of no use for.
  const modules = join(project, 'documents', 'node_modules');
  await mkdir(modules, { recursive: true });
  await symlink(join(root, 'node_modules', 'keyv'), join(modules, 'keyv'));
  for (const example of typed) await write(`${example.folder}/example.mts`, example.code);
  await compileTyped();
});

function folderOf(path: string, { line }: Example): string {
  return `documents/${path.replaceAll('/', '-').replace('.md', '')}/${line}`;
}

/** Writes an example, but for those that the compiler has written already. */
async function place({ kind, code, folder }: Placed): Promise<string> {
  if (kind === 'mts') return write(`${folder}/package.json`, '{}').then((file) => join(file, '..', 'example.mjs'));
  return write(`${folder}/example${kind === 'cjs' ? '.cjs' : '.mjs'}`, code);
}

/** What an example prints, run by plain Node in its folder, with caches of its own below it; nothing of a passing test. */
async function run({ kind }: Placed, file: string): Promise<readonly string[]> {
  const cwd = join(file, '..');
  const args = ['--import', answers, ...(kind === 'test' ? ['--test'] : []), file];
  // Where optional packages are: users of some stores have installed them.
  const env = { ...ownEnvironment(), TEMPCACHE_DIR: join(cwd, 'caches'), NODE_PATH: join(root, 'node_modules') };
  const { stdout } = await exec(process.execPath, args, { cwd, env });
  return kind === 'test' ? [] : linesOf(stdout);
}

async function compileTyped(): Promise<string> {
  const target = { target: 'es2023', module: 'nodenext', lib: ['es2023', 'esnext.disposable'] };
  const compilerOptions = { ...target, strict: true, skipLibCheck: true, typeRoots, types: ['node'] };
  const files = typed.map(({ folder }) => `${folder.replace('documents/', '')}/example.mts`);
  await write('documents/tsconfig.json', JSON.stringify({ compilerOptions, files }));
  return compile('documents');
}

/** A text without what is another one on each day and each machine: numbers with their units, ids, bars and widths of columns. */
function formOf(text: string): readonly string[] {
  const form = text
    .replaceAll(/\b[0-9a-f]{12,}\b|(?<=show )[0-9a-f]{6}\b/g, 'ID')
    .replaceAll(/^(node|free|file system) .*$/gm, '$1')
    .replaceAll(/<?\d[\d,.:-]*( ?(bytes|[KMG]?B|ms|s|m|h|d)\b)?/g, 'N')
    .replaceAll(/\bN ago\b|\bnow\b/g, 'N')
    .replaceAll(/[█▉▊▋▌▍▎▏]+/g, 'BAR')
    .replaceAll(/[ \t]+/g, ' ');
  return linesOf(form.trim());
}
