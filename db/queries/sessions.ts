/** Sign-ins, guests' too, found by the hash of their token. All ages by the database's clock. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** An account's session ends so long after its last use, and so long after its start. A guest has only the session. */
const DAYS = { idle: 30, absolute: 90, guest: 400 } as const;
/** More than anybody reads; signing out everywhere ends the rest too. */
const SESSIONS_LISTED = 100;

/** A session that still counts, with its fan; undefined when there is none or it is over. */
export async function findSession(db: DbOrTrx, tokenHash: Buffer) {
  return db
    .selectFrom("sessions")
    .innerJoin("fans", "fans.id", "sessions.fan_id")
    .select([
      "sessions.id as sessionId",
      "fans.id",
      "fans.name",
      "fans.email",
      sql<"fan" | "admin">`fans.role`.as("role"),
      sql<boolean>`fans.email is null`.as("guest"),
      sql<boolean>`fans.blocked_at is not null`.as("blocked"),
      // Worth a write: at most one an hour and session.
      sql<boolean>`sessions.seen_at < now() - interval '1 hour'`.as("stale"),
    ])
    .where("token_hash", "=", tokenHash)
    .where("fans.deleted_at", "is", null)
    .where(
      sql<boolean>`case when fans.email is null
        then sessions.created_at > now() - make_interval(days => ${DAYS.guest})
        else sessions.created_at > now() - make_interval(days => ${DAYS.absolute})
          and sessions.seen_at > now() - make_interval(days => ${DAYS.idle}) end`,
    )
    .executeTakeFirst();
}

export async function insertSession(
  db: DbOrTrx,
  session: { tokenHash: Buffer; fanId: string; userAgent: string },
): Promise<string> {
  const { id } = await db
    .insertInto("sessions")
    .values({ token_hash: session.tokenHash, fan_id: session.fanId, user_agent: session.userAgent })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function touchSession(db: DbOrTrx, sessionId: string): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ seen_at: sql<Date>`now()` })
    .where("id", "=", sessionId)
    .execute();
}

/** Ends a session; the fan's own only. @returns whether there was one */
export async function deleteSession(db: DbOrTrx, fanId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("sessions")
    .where("id", "=", sessionId)
    .where("fan_id", "=", fanId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Sessions that nobody can use any more. @returns how many went, at most 10,000 a call */
export async function deleteOldSessions(db: DbOrTrx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with over as (
      select sessions.id from sessions join fans on fans.id = sessions.fan_id
      where case when fans.email is null then sessions.created_at < now() - make_interval(days => ${DAYS.guest})
        else sessions.created_at < now() - make_interval(days => ${DAYS.absolute})
          or sessions.seen_at < now() - make_interval(days => ${DAYS.idle}) end
      limit 10000
    ), gone as (delete from sessions using over where sessions.id = over.id returning 1)
    select count(*)::int as n from gone`.execute(db as Db);
  return rows[0]?.n ?? 0;
}

/** A fan's sessions that still count, the last used first. The token's hash stays where it is. */
export async function listSessions(db: DbOrTrx, fanId: string) {
  return db
    .selectFrom("sessions")
    .select(["id", "user_agent as userAgent", "created_at as createdAt", "seen_at as seenAt"])
    .where("fan_id", "=", fanId)
    .where("created_at", ">", sql<Date>`now() - make_interval(days => ${DAYS.absolute})`)
    .where("seen_at", ">", sql<Date>`now() - make_interval(days => ${DAYS.idle})`)
    .orderBy("seen_at", "desc")
    .orderBy("id", "desc")
    .limit(SESSIONS_LISTED)
    .execute();
}

/** Ends all sessions of a fan. @returns how many there were */
export async function deleteSessions(db: DbOrTrx, fanId: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("sessions").where("fan_id", "=", fanId).executeTakeFirst();
  return Number(numDeletedRows);
}
