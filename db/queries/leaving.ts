/** Leaving: what is personal goes, and what others count on stays without a name. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { deleteVotes, type VoteKey } from "./vote-removals.ts";

/**
 * Deletes a fan's sessions, follows, suggestions, votes of shows that are still to come and everything personal. Votes of
 * shows that have begun stay, on a row that names nobody; without any, the row goes too.
 * @returns the shows whose counts have changed
 */
export async function deleteFan(trx: DbOrTrx, fanId: string): Promise<string[]> {
  // In the order of a vote being cast, as in guest-moves.ts.
  await sql`select 1 from ballots where fan_id = ${fanId}::uuid order by show_id, ballot for update`.execute(
    trx as Db,
  );
  await sql`select 1 from fans where id = ${fanId}::uuid for update`.execute(trx as Db);
  const { showIds } = await deleteVotes(
    trx,
    sql<VoteKey>`select votes.fan_id, votes.setlist_song_id, votes.ballot from votes
      join shows on shows.id = votes.show_id
      where votes.fan_id = ${fanId}::uuid and (shows.voting_closes_at is null or shows.voting_closes_at > now())`,
  );
  await trx.deleteFrom("ballots").where("fan_id", "=", fanId).where("used", "=", 0).execute();
  await trx.deleteFrom("sessions").where("fan_id", "=", fanId).execute();
  await trx.deleteFrom("follows").where("fan_id", "=", fanId).execute();
  await trx.deleteFrom("suggestions").where("fan_id", "=", fanId).execute();
  await trx
    .updateTable("fans")
    .set({
      email: null,
      name: null,
      password_hash: null,
      role: "fan",
      blocked_at: null,
      calendar_key: null,
      deleted_at: sql<Date>`now()`,
    })
    .where("id", "=", fanId)
    .execute();
  await trx
    .deleteFrom("fans")
    .where("id", "=", fanId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("votes").select("votes.fan_id").where("votes.fan_id", "=", fanId))),
    )
    .execute();
  return showIds;
}
