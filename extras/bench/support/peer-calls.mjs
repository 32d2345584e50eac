/** A call through a handle of a peer: wrapped by the peer itself, or looked up and saved under a key made by hand. */
export async function callThrough(handle, fn) {
  if (handle.wrap !== undefined) return handle.wrap(fn);
  const { get, set } = handle;
  if (handle.isSync) {
    return (...args) => {
      const key = args.join('-');
      const found = get(key);
      if (found !== undefined) return found;
      const value = fn(...args);
      set(key, value);
      return value;
    };
  }
  return async (...args) => {
    const key = args.join('-');
    const found = await get(key);
    if (found !== undefined) return found;
    const value = await fn(...args);
    await set(key, value);
    return value;
  };
}
