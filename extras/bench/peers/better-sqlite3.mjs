import { join } from 'node:path';
import v8 from 'node:v8';
import Database from 'better-sqlite3';

/** A table of keys and bytes in a write-ahead log, without waiting for the disk, as caches do. */
export function open(folder) {
  const database = new Database(join(folder, 'cache.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  database.exec('CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID');
  const read = database.prepare('SELECT value FROM entries WHERE key = ?').pluck();
  const write = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?)');
  return {
    isSync: true,
    set: (key, value) => write.run(key, v8.serialize(value)),
    close: () => database.close(),
    get(key) {
      const bytes = read.get(key);
      return bytes === undefined ? undefined : v8.deserialize(bytes);
    },
  };
}
