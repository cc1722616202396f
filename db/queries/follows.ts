/** Whom a fan follows. Moving a guest's follows to an account is in guest-moves.ts, their shows in shows.ts. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { isComing } from "./shows.ts";

/** More than anybody's taste; it bounds one calendar and one page. */
export const FOLLOWS_MOST = 500;

type Follow = { fanId: string; artistId: string };

/** Following twice is following. @returns false when the fan follows as many as one may, or there is no such artist */
export async function insertFollow(db: DbOrTrx, { fanId, artistId }: Follow): Promise<boolean> {
  const { rows } = await sql<{ following: boolean }>`
    with kept as (
      select count(*) as n, coalesce(bool_or(artist_id = ${artistId}::uuid), false) as already
      from follows where fan_id = ${fanId}::uuid
    ), added as (
      insert into follows (fan_id, artist_id)
      select ${fanId}::uuid, artists.id from artists, kept
      where artists.id = ${artistId}::uuid and not kept.already and kept.n < ${FOLLOWS_MOST}
      -- Pressed twice at the same moment, the other press has stored it, unseen by this statement: that is following.
      on conflict (fan_id, artist_id) do update set created_at = follows.created_at
      returning 1
    )
    select kept.already or exists (select from added) as following from kept`.execute(db as Db);
  return rows[0]?.following ?? false;
}

export async function deleteFollow(db: DbOrTrx, { fanId, artistId }: Follow): Promise<void> {
  await db.deleteFrom("follows").where("fan_id", "=", fanId).where("artist_id", "=", artistId).execute();
}

export async function isFollowing(db: DbOrTrx, { fanId, artistId }: Follow): Promise<boolean> {
  const row = await db
    .selectFrom("follows")
    .select("artist_id")
    .where("fan_id", "=", fanId)
    .where("artist_id", "=", artistId)
    .executeTakeFirst();
  return row !== undefined;
}

/** By name, each with how many shows are coming. An artist without a name yet comes last. */
export async function listFollowed(db: DbOrTrx, fanId: string) {
  return db
    .selectFrom("follows")
    .innerJoin("artists", "artists.id", "follows.artist_id")
    .where("follows.fan_id", "=", fanId)
    .select((eb) => [
      "artists.id",
      "artists.slug",
      "artists.name",
      eb
        .selectFrom("shows")
        .whereRef("shows.artist_id", "=", "artists.id")
        .where(isComing)
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("coming"),
    ])
    .orderBy(sql`lower(artists.name)`, (order) => order.asc().nullsLast())
    .orderBy("artists.id")
    .limit(FOLLOWS_MOST)
    .execute();
}
