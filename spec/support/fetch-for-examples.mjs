/**
 * Answers the requests that the examples of the documents make, so that they run without a network. Every answer has an ETag.
 * What is "missing" is not found, and what is "down" cannot be reached.
 */

const DOCUMENTS = {
  forecast: (city) => ({ city, degrees: 21 }),
  rates: (base) => ({ base, USD: 1.1 }),
  users: (id) => ({ id: Number(id), name: 'Ada' }),
};

globalThis.fetch = async (input, init = {}) => {
  const [, kind, name] = new URL(input).pathname.split('/');
  if (name === 'down') throw new TypeError('fetch failed');
  if (name === 'missing') return new Response('Not found', { status: 404 });
  const headers = { etag: '"1"' };
  if (new Headers(init.headers).get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers });
  return Response.json(DOCUMENTS[kind](name), { headers });
};
