/**
 * Statements that Postgres parses and plans once a connection, by a name that is the hash of their text. Kysely names
 * none, so the pool's client does, and only for statements that begin with `prepared`: their text must be one of few, as
 * every connection keeps them all.
 *
 * Nothing depends on it. A pooler that gives each transaction another connection (PgBouncer before 1.21, or with
 * `max_prepared_statements = 0`) answers that it knows no such statement; from then on this pool names none. Dumps and
 * restores do not meet them: they are a connection's own, hold no lock and end with it.
 */
import { createHash } from "node:crypto";
import { type CompiledQuery, type RawBuilder, sql } from "kysely";
import pg from "pg";
import type { Db, DbOrTrx } from "./index.ts";

const MARK = "/* prepared */";
/** Begins a statement that is sent often and never differs but in its parameters. */
export const prepared = sql`/* prepared */`;

/**
 * A long statement whose text is put together once a process and not once a question.
 * @param make with anything in the place of its first parameters, which are given when it is asked
 */
export function preparedStatement<Row>(make: () => RawBuilder<Row>) {
  let made: CompiledQuery<Row> | undefined;
  return async (db: DbOrTrx, first: unknown[]): Promise<Row[]> => {
    made ??= sql<Row>`${prepared} ${make()}`.compile(db as Db);
    const parameters = [...first, ...made.parameters.slice(first.length)];
    return (await db.executeQuery<Row>({ ...made, parameters })).rows;
  };
}

/** unknown here, known already, or planned for columns that a migration has changed since */
const strange = new Set(["26000", "42P05", "0A000"]);

/** A class for a pool's `Client`. */
export function preparingClient(): typeof pg.Client {
  let naming = true;
  return class PreparingClient extends pg.Client {
    // All of pg's overloads: named are those of a text and its values that answer with a promise, as Kysely's do.
    override query(...args: unknown[]): never {
      const ask = (...given: unknown[]) =>
        (super.query as (...given: unknown[]) => unknown)(...given) as never;
      const [text, values] = args;
      if (!naming || args.length !== 2 || typeof text !== "string" || !text.startsWith(MARK))
        return ask(...args);
      const answer: Promise<unknown> = ask({ name: nameOf(text), text, values });
      return answer.catch((error: { code?: string }) => {
        if (!strange.has(String(error.code))) throw error;
        naming = false;
        return ask(text, values);
      }) as never;
    }
  } as unknown as typeof pg.Client;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `theset_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
  names.set(text, name);
  return name;
}
