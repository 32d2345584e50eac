/**
 * Specs mirror lib, so that they are found: what is in `spec/keys/` is about `lib/keys/`, and `spec/keys/digest.spec.ts` about
 * `lib/keys/digest.ts`, or about a topic of that room. Checks that every folder of specs has its folder in lib.
 *
 * As a task, `node extras/tasks/mirror.mjs`, it lists the files of lib without a spec of their name too. That is no fault:
 * specs of what stands above them may say all there is to say.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/** What specs need; what they show with several processes, of the package, of types, and of failures over all rooms. */
const WITHOUT_ROOM = ['support', 'processes', 'package', 'types', 'failures'];

/** @returns {Promise<{ code: number, output: string }>} as `run()` of run.mjs has it */
export async function mirror() {
  const strays = specs()
    .filter((file) => !isPlaced(dirname(file)))
    .map((file) => `spec/${file}: there is no lib/${dirname(file)}\n`);
  return { code: strays.length > 0 ? 1 : 0, output: strays.join('') };
}

/** A folder of specs may have the name of a file too: all of `spec/temp-cache/` is about `lib/temp-cache.ts`. */
function isPlaced(folder) {
  const [room] = folder.split('/');
  const inLib = join(root, 'lib', folder);
  return WITHOUT_ROOM.includes(room) || existsSync(inLib) || existsSync(`${inLib}.ts`);
}

/** The specs, by their paths below spec: `keys/digest.spec.ts`. */
function specs() {
  return filesIn('spec').filter((name) => name.endsWith('.spec.ts'));
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true }).map((name) => name.replaceAll('\\', '/'));
}

function withoutSpec() {
  const names = new Set(specs().map((file) => basename(file, '.spec.ts')));
  const isNamed = (file) => names.has(basename(file, '.ts')) || existsSync(join(root, 'spec', file.slice(0, -3)));
  return filesIn('lib').filter((file) => file.endsWith('.ts') && !isNamed(file));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await mirror();
  console.log(`Files of lib without a spec of their name:\n${withoutSpec().join('\n')}\n`);
  console.log(output === '' ? 'All specs are in their places.' : `Specs without a place in lib:\n${output}`);
  process.exitCode = code;
}
