/**
 * A guest who signs in becomes that account: votes, suggestions and follows move, and the guest is gone. Set-based, in the
 * caller's transaction, which may lose a race against a vote being cast and is then tried again (isRaceLost).
 */
import { sql } from "kysely";
import { caps } from "#rules/voting";
import type { Db, DbOrTrx } from "../index.ts";
import { scoreShows } from "./result-scores.ts";
import { deleteVotes, lockVoters, type VoteKey } from "./vote-removals.ts";

export type Moved = {
  /** votes that found no room on a ballot: the oldest stay */
  dropped: number;
  /** whose counts have changed */
  showIds: string[];
};

/**
 * Moves all that a guest did to an account and deletes the guest with its sessions. The same song on the same ballot
 * stays the account's one vote.
 * @returns undefined when there is no such guest any more, or no such account
 */
export async function moveGuest(
  trx: DbOrTrx,
  { guestId, accountId }: { guestId: string; accountId: string },
): Promise<Moved | undefined> {
  const locked = await lockVoters(
    trx,
    [guestId, accountId],
    sql`select show_id from ballots where fan_id = ${guestId}::uuid`,
  );
  if (locked.length !== 2 || locked.filter(({ guest }) => guest).length !== 1) return undefined;

  // A vote is a double, or it takes a place among those that are none.
  const placed = sql`
    select fan_id, setlist_song_id, ballot, double,
      row_number() over (partition by show_id, ballot, double order by created_at, setlist_song_id) as place
    from (
      select votes.*, fan_id = ${guestId}::uuid and exists (
        select from votes ours where ours.fan_id = ${accountId}::uuid
          and ours.setlist_song_id = votes.setlist_song_id and ours.ballot = votes.ballot) as double
      from votes where fan_id in (${guestId}::uuid, ${accountId}::uuid)) cast_by_either`;
  const beyond = sql`not double and place > case ballot when 'expect' then ${caps.expect}::int else ${caps.wish}::int end`;
  const dropped = await sql<{ count: number }>`
    select count(*)::int as count from (${placed}) placed where ${beyond}`.execute(trx as Db);
  const { showIds } = await deleteVotes(
    trx,
    sql<VoteKey>`select fan_id, setlist_song_id, ballot from (${placed}) placed where double or ${beyond}`,
  );
  await sql`update votes set fan_id = ${accountId}::uuid where fan_id = ${guestId}::uuid`.execute(trx as Db);
  await sql`with theirs as (delete from ballots where fan_id = ${guestId}::uuid returning show_id, ballot, used)
    insert into ballots (fan_id, show_id, ballot, used)
    select ${accountId}::uuid, show_id, ballot, used from theirs
    on conflict (fan_id, show_id, ballot) do update set used = ballots.used + excluded.used`.execute(
    trx as Db,
  );
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id, created_at)
    select setlist_song_id, ${accountId}::uuid, show_id, created_at from suggestions where fan_id = ${guestId}::uuid
    on conflict do nothing`.execute(trx as Db);
  await sql`insert into follows (fan_id, artist_id, created_at)
    select ${accountId}::uuid, artist_id, created_at from follows where fan_id = ${guestId}::uuid
    on conflict do nothing`.execute(trx as Db);
  await moveCalendar(trx, guestId, accountId);
  // What the guest had right is the account's now, and the crowd may be one voter less.
  const scored = await trx
    .selectFrom("scores")
    .select("show_id as showId")
    .where("fan_id", "=", guestId)
    .execute();
  await scoreShows(
    trx,
    scored.map(({ showId }) => showId),
  );
  await trx.deleteFrom("fans").where("id", "=", guestId).execute();
  return { dropped: dropped.rows[0]?.count ?? 0, showIds };
}

/** The address of the guest's calendar goes on working, unless the account has one. */
async function moveCalendar(trx: DbOrTrx, guestId: string, accountId: string): Promise<void> {
  const { rows } = await sql<{ key: string | null }>`
    select calendar_key as key from fans where id = ${guestId}::uuid`.execute(trx as Db);
  const key = rows[0]?.key;
  if (!key) return;
  await trx.updateTable("fans").set({ calendar_key: null }).where("id", "=", guestId).execute();
  await trx
    .updateTable("fans")
    .set({ calendar_key: key })
    .where("id", "=", accountId)
    .where("calendar_key", "is", null)
    .execute();
}
