/** The clients of Redis: `redis` and `ioredis`, single or of a cluster, as far as both are asked for the same. */

import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { StoreError } from '../../common/errors.ts';

/** A word of a command. */
export type Word = string | Buffer;

/** What Redis answers with: texts as bytes. */
export type Answer = Buffer | number | null | readonly Answer[];

/** A client of the package `redis`, as far as it is used; one of a cluster is asked with the key first. */
export interface NodeRedisClient {
  sendCommand(args: readonly Word[], options?: object): Promise<unknown>;
}

/** The same of a cluster. */
export interface NodeRedisCluster {
  readonly masters: readonly object[];
  nodeClient(node: never): unknown;
  sendCommand(key: Word | undefined, isReadonly: boolean | undefined, args: never, options?: object): Promise<unknown>;
}

/** A client of the package `ioredis`, single or of a cluster, as far as it is used. */
export interface IoRedisClient {
  callBuffer(command: string, ...args: Word[]): Promise<unknown>;
  nodes?: (role: 'master') => readonly { callBuffer(command: string, ...args: Word[]): Promise<unknown> }[];
}

/** A client that is connected; whoever has made it closes it. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | IoRedisClient;

/** Carries a command out; the second word is the key, if there is one. */
export type Send = (...words: Word[]) => Promise<Answer>;

/** A server, or a cluster of them. */
export interface Server {
  readonly send: Send;
  /** For a command without a key: each server that has keys of its own. */
  nodes(): Promise<readonly Send[]>;
  close(): void;
}

/** What comes as a bulk string in the protocol is to be bytes. */
const AS_BYTES = { typeMapping: { 36: Buffer } } as const;

export function isClient(given: object): given is RedisClient {
  const { sendCommand, callBuffer } = given as Partial<Record<string, unknown>>;
  return typeof sendCommand === 'function' || typeof callBuffer === 'function';
}

/** The server behind a user's client, which is not closed. */
export function serverOf(client: RedisClient): Server {
  const close = (): void => undefined;
  if ('callBuffer' in client) {
    const nodes = async (): Promise<readonly Send[]> => (client.nodes?.('master') ?? [client]).map(sendOfIoRedis);
    return { send: sendOfIoRedis(client), nodes, close };
  }
  if (!('masters' in client)) {
    const send = sendOf(client);
    return { send, nodes: async () => [send], close };
  }
  const send: Send = async (...words) =>
    (await client.sendCommand(keyOf(words), false, words as never, AS_BYTES)) as Answer;
  const nodes = async (): Promise<readonly Send[]> =>
    Promise.all(
      client.masters.map(async (node) => sendOf((await client.nodeClient(node as never)) as NodeRedisClient)),
    );
  return { send, nodes, close };
}

/** Where a command has a key: `EVAL` after its script and the number of keys. */
function keyOf(words: readonly Word[]): Word | undefined {
  return words[0] === 'EVAL' ? words[3] : words[1];
}

function sendOf(client: NodeRedisClient): Send {
  return async (...words) => (await client.sendCommand(words, AS_BYTES)) as Answer;
}

function sendOfIoRedis(client: Pick<IoRedisClient, 'callBuffer'>): Send {
  return async (command, ...args) => (await client.callBuffer(String(command), ...args)) as Answer;
}

/** A client of the package `redis` that this one makes. */
interface OwnClient extends NodeRedisClient {
  readonly isReady: boolean;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: () => void): unknown;
  ref(): void;
  unref(): void;
}

/**
 * The server at a URL. It is connected to by the first command, and anew by the first one after the connection was lost. A command
 * that is under way keeps the program alive, and the connection does not.
 */
export class ServerAtUrl implements Server {
  readonly #url: string;
  #connected: Promise<OwnClient> | undefined;
  #client: OwnClient | undefined;
  #pending = 0;

  constructor(url: string) {
    this.#url = url;
  }

  readonly send: Send = async (...words) => {
    this.#pending++;
    try {
      const client = await this.#open();
      client.ref();
      return (await client.sendCommand(words, AS_BYTES)) as Answer;
    } finally {
      if (--this.#pending === 0 && this.#client?.isReady === true) this.#client.unref();
    }
  };

  async nodes(): Promise<readonly Send[]> {
    return [this.send];
  }

  close(): void {
    this.#client?.destroy();
    this.#client = this.#connected = undefined;
  }

  async #open(): Promise<OwnClient> {
    if (this.#client?.isReady === true) return this.#client;
    try {
      return await (this.#connected ??= this.#connect());
    } finally {
      this.#connected = undefined;
    }
  }

  async #connect(): Promise<OwnClient> {
    const socket = { reconnectStrategy: false };
    const client = clientMaker()({ url: this.#url, disableOfflineQueue: true, socket });
    // What fails is told by the command that fails; without a listener it would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return (this.#client = client);
  }
}

type CreateClient = (options: object) => OwnClient;

const require = createRequire(import.meta.url);

/** @throws StoreError */
function clientMaker(): CreateClient {
  try {
    return (require('redis') as { readonly createClient: CreateClient }).createClient;
  } catch (cause) {
    throw new StoreError('redisStore() with a URL needs the package: npm install redis', { cause });
  }
}
