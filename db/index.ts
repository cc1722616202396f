/** The pool, and how values of Postgres arrive. */
import { type CompiledQuery, Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { preparingClient } from "./prepared.ts";
import { timedClient } from "./timed-client.ts";
import type { DB } from "./types.ts";

export type Db = Kysely<DB>;
/** What queries take: the pool, or a transaction of the caller's. */
export type DbOrTrx = Db | Transaction<DB>;

const { builtins } = pg.types;

/**
 * A local date stays the string it is: as a Date it would be midnight in this process's zone. int8 is read as a number:
 * ours are revisions and counts, far below 2^53. numeric (prices) too.
 */
const parsers = new Map<number, (value: string) => unknown>([
  [builtins.DATE, (value) => value],
  [builtins.TIME, (value) => value],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
]);
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    (format !== "binary" && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

export type DbOptions = {
  max?: number;
  applicationName?: string;
  /** a statement that takes longer fails as a database that is away, and its connection is closed; none by default */
  queryMs?: number;
  /** told of connections that break (57P01 when Postgres stops), idle or between two statements */
  onError?: (error: Error) => void;
  /** told of every statement when it has ended, for whoever looks at plans */
  onQuery?: (query: CompiledQuery) => void;
};

/** A pool of at most `max` connections (10). The caller ends it with `db.destroy()`. */
export function createDb(url: string, options: DbOptions = {}): Db {
  const Client = preparingClient();
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    application_name: options.applicationName ?? "theset",
    types,
    Client: options.queryMs === undefined ? Client : timedClient(options.queryMs, Client),
  });
  // Without a listener either one would end the process: the pool hears of idle connections only.
  const onError = (error: Error) => options.onError?.(error);
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  const { onQuery } = options;
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    ...(onQuery && { log: ({ query }) => onQuery(query) }),
  });
}
