import v8 from 'node:v8';
import cacache from 'cacache';

/** It keeps bytes; the values are made of them as anybody would do it. */
export function open(folder) {
  return {
    isSync: false,
    set: (key, value) => cacache.put(folder, key, v8.serialize(value)),
    async get(key) {
      try {
        const { data } = await cacache.get(folder, key);
        return v8.deserialize(data);
      } catch (error) {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
