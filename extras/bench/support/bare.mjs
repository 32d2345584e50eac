import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';

/** A name as long as that of a record, for equally long paths, and which is none. */
export function bareName(n) {
  return `bare-${String(n).padStart(59, '0')}`;
}

/** The least that puts whole bytes under a name: create, write, close, rename. */
export function writeWhole(folder, name, bytes) {
  const temp = join(folder, `tmp-${name}`);
  const file = openSync(temp, 'wx', 0o600);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
  closeSync(file);
  renameSync(temp, join(folder, name));
}

/** The least that any cache with one file an entry does on a hit. */
export function readBare(path) {
  return v8.deserialize(readFileSync(path));
}

/** Saves values under bare names; their paths. */
export function saveBare(folder, values, serialize = v8.serialize) {
  return values.map((value, n) => {
    writeWhole(folder, bareName(n), serialize(value));
    return join(folder, bareName(n));
  });
}
