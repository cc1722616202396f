/**
 * A guest who signs in becomes that account: votes, suggestions and follows move, and the guest is gone. Set-based, in the
 * caller's transaction, which may lose a race against a vote being cast and is then tried again (isRaceLost).
 */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { deleteVotes, type VoteKey } from "./vote-removals.ts";

/** As the check on `ballots` has them. */
const CAPS = { expect: 25, wish: 5 } as const;

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
  if (!(await lockBoth(trx, guestId, accountId))) return undefined;

  // A vote is a double, or it takes a place among those that are none.
  const placed = sql`
    select fan_id, setlist_song_id, ballot, double,
      row_number() over (partition by show_id, ballot, double order by created_at, setlist_song_id) as place
    from (
      select votes.*, fan_id = ${guestId}::uuid and exists (
        select from votes ours where ours.fan_id = ${accountId}::uuid
          and ours.setlist_song_id = votes.setlist_song_id and ours.ballot = votes.ballot) as double
      from votes where fan_id in (${guestId}::uuid, ${accountId}::uuid)) cast_by_either`;
  const beyond = sql`not double and place > case ballot when 'expect' then ${CAPS.expect}::int else ${CAPS.wish}::int end`;
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
  await trx.deleteFrom("fans").where("id", "=", guestId).execute();
  return { dropped: dropped.rows[0]?.count ?? 0, showIds };
}

/**
 * In the order of a vote being cast: ballots, tallies, then the foreign key on the fan. A vote of the guest that comes
 * later waits for us and then finds no fan.
 */
async function lockBoth(trx: DbOrTrx, guestId: string, accountId: string): Promise<boolean> {
  await sql`select 1 from ballots where fan_id in (${guestId}::uuid, ${accountId}::uuid)
    order by fan_id, show_id, ballot for update`.execute(trx as Db);
  const { rows } = await sql<{ guest: boolean }>`select email is null as guest from fans
    where id in (${guestId}::uuid, ${accountId}::uuid) and deleted_at is null
    order by id for update`.execute(trx as Db);
  return rows.length === 2 && rows.filter((row) => row.guest).length === 1;
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
