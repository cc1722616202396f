/**
 * Connections that give up on a server that does not answer: hung, paused, or away behind a line that tells nobody.
 * pg's own `query_timeout` only stops waiting: the statement and its transaction stay on the connection, which goes back
 * to the pool for the next request. Here the connection goes with the statement.
 */
import { Socket } from "node:net";
import type pg from "pg";

const END_MS = 1_000;

/** A class for a pool's `Client`. @param queryMs how long a statement may take, its wait for others' locks included */
export function timedClient(queryMs: number, Client: typeof pg.Client): typeof pg.Client {
  return class TimedClient extends Client {
    private readonly socket: Socket;

    constructor(config: pg.ClientConfig = {}) {
      const socket = new Socket();
      super({ ...config, stream: () => socket });
      this.socket = socket;
    }

    // All of pg's overloads: only those that answer with a promise are timed, which are all that Kysely uses.
    override query(...args: unknown[]): never {
      const asked: unknown = (super.query as (...given: unknown[]) => unknown)(...args);
      if (asked instanceof Promise) {
        const timer = setTimeout(() => this.socket.destroy(noAnswer(queryMs)), queryMs);
        const done = () => clearTimeout(timer);
        asked.then(done, done);
      }
      return asked as never;
    }

    // Saying goodbye waits for an answer too, and a process that stops waits for it.
    override end(...args: unknown[]): never {
      const timer = setTimeout(() => this.socket.destroy(), END_MS);
      this.socket.once("close", () => clearTimeout(timer));
      return (super.end as (...given: unknown[]) => unknown)(...args) as never;
    }
  } as unknown as typeof pg.Client;
}

/** With the code of a network that timed out, so that it is told from a bug (db/errors.ts). */
function noAnswer(queryMs: number): Error {
  return Object.assign(new Error(`Postgres did not answer within ${queryMs} ms`), { code: "ETIMEDOUT" });
}
