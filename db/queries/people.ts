/** Fans as administrators see them: newest first, which is by id (uuid v7). Nothing secret leaves these. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export const fanStates = ["account", "guest", "blocked", "left"] as const;
export type FanState = (typeof fanStates)[number];
export type FanRole = "fan" | "admin";
export type FanCursor = { id: string };

export type FanRow = {
  id: string;
  /** null: a guest, or somebody who has left */
  email: string | null;
  name: string | null;
  role: FanRole;
  createdAt: Date;
  blockedAt: Date | null;
  deletedAt: Date | null;
  /** both ballots; those that count now */
  votes: number;
  follows: number;
  /** sign-ins not ended, usable or not */
  sessions: number;
};

const conditions: Record<FanState, ReturnType<typeof sql>> = {
  account: sql`fans.email is not null`,
  guest: sql`fans.email is null and fans.deleted_at is null`,
  blocked: sql`fans.blocked_at is not null`,
  left: sql`fans.deleted_at is not null`,
};

/** @param args.q the start of an e-mail address or of a name, in any case */
export async function listFans(
  db: DbOrTrx,
  args: {
    q?: string | undefined;
    role?: FanRole | undefined;
    state?: FanState | undefined;
    after?: FanCursor | undefined;
    limit: number;
  },
): Promise<FanRow[]> {
  const { q, role, state, after, limit } = args;
  const prefix = q ? sql`lower(${`${q.replace(/[\\%_]/g, "\\$&")}%`})` : undefined;
  const where = [
    sql`true`,
    // Each half has its index; where most fans are meant, the planner walks from the newest instead.
    ...(prefix ? [sql`(lower(fans.email) like ${prefix} or lower(fans.name) like ${prefix})`] : []),
    // Written out: a parameter would keep the partial indexes out.
    ...(role ? [role === "admin" ? sql`fans.role = 'admin'` : sql`fans.role = 'fan'`] : []),
    ...(state ? [conditions[state]] : []),
    ...(after ? [sql`fans.id < ${after.id}::uuid`] : []),
  ];
  const { rows } = await sql<FanRow>`
    select page.id, page.email, page.name, page.role, page.created_at as "createdAt", page.blocked_at as "blockedAt",
      page.deleted_at as "deletedAt",
      (select coalesce(sum(used), 0)::int from ballots where ballots.fan_id = page.id) as votes,
      (select count(*)::int from follows where follows.fan_id = page.id) as follows,
      (select count(*)::int from sessions where sessions.fan_id = page.id) as sessions
    from (
      select fans.* from fans where ${sql.join(where, sql` and `)} order by fans.id desc limit ${limit}) page
    order by page.id desc`.execute(db as Db);
  return rows;
}

export type FanDetails = FanRow & { suggestions: number; hidden: number };

export async function findFan(db: DbOrTrx, fanId: string): Promise<FanDetails | undefined> {
  const { rows } = await sql<FanDetails>`
    select id, email, name, role, created_at as "createdAt", blocked_at as "blockedAt", deleted_at as "deletedAt",
      (select coalesce(sum(used), 0)::int from ballots where ballots.fan_id = fans.id) as votes,
      (select count(*)::int from follows where follows.fan_id = fans.id) as follows,
      (select count(*)::int from sessions where sessions.fan_id = fans.id) as sessions,
      (select count(*)::int from suggestions where suggestions.fan_id = fans.id) as suggestions,
      (select count(*)::int from suggestions join setlist_songs on setlist_songs.id = setlist_song_id
        where suggestions.fan_id = fans.id and hidden_at is not null) as hidden
    from fans where id = ${fanId}`.execute(db as Db);
  return rows[0];
}

export type LockedFan = {
  id: string;
  email: string | null;
  name: string | null;
  role: FanRole;
  blocked: boolean;
  left: boolean;
};

/**
 * A fan, kept as they are until the transaction ends; with all administrators, in the order of ids, so that of two who
 * take each other's role away the later one sees what the first did.
 */
export async function lockFan(
  trx: DbOrTrx,
  fanId: string,
): Promise<{ fan: LockedFan | undefined; administrators: string[] }> {
  const { rows } = await sql<LockedFan>`
    select id, email, name, role, blocked_at is not null as blocked, deleted_at is not null as left
    from fans where id = ${fanId} or role = 'admin' order by id for update`.execute(trx as Db);
  return {
    fan: rows.find(({ id }) => id === fanId),
    administrators: rows.filter(({ role, blocked }) => role === "admin" && !blocked).map(({ id }) => id),
  };
}

export async function updateRole(trx: DbOrTrx, fanId: string, role: FanRole): Promise<void> {
  await trx.updateTable("fans").set({ role }).where("id", "=", fanId).execute();
}

export async function updateBlocked(trx: DbOrTrx, fanId: string, blocked: boolean): Promise<void> {
  await trx
    .updateTable("fans")
    .set({ blocked_at: blocked ? sql<Date>`now()` : null })
    .where("id", "=", fanId)
    .execute();
}
