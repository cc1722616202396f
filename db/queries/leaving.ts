/** Leaving: what is personal goes, and what others count on stays without a name. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import { deleteVotes, lockVoters, type VoteKey } from "./vote-removals.ts";

/**
 * Deletes a fan's sessions, follows, suggestions, votes of shows that are still to come and everything personal. Votes of
 * shows that have begun stay, on a row that names nobody; without any, the row goes too.
 * @returns the shows whose counts have changed
 */
export async function deleteFan(trx: DbOrTrx, fanId: string): Promise<string[]> {
  const coming = sql<{ show_id: string }>`select id as show_id from shows
    where voting_closes_at is null or voting_closes_at > now()`;
  await lockVoters(trx, [fanId], coming);
  const { showIds } = await deleteVotes(
    trx,
    sql<VoteKey>`select fan_id, setlist_song_id, ballot from votes
      where fan_id = ${fanId}::uuid and show_id in (${coming})`,
  );
  await trx.deleteFrom("ballots").where("fan_id", "=", fanId).where("used", "=", 0).execute();
  await trx.deleteFrom("sessions").where("fan_id", "=", fanId).execute();
  await trx.deleteFrom("follows").where("fan_id", "=", fanId).execute();
  await trx.deleteFrom("suggestions").where("fan_id", "=", fanId).execute();
  await trx.updateTable("imports").set({ started_by: null }).where("started_by", "=", fanId).execute();
  await trx
    .updateTable("fans")
    .set({
      email: null,
      name: null,
      password_hash: null,
      role: "fan",
      blocked_at: null,
      calendar_key: null,
      is_named: true,
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
