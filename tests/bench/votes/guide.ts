/** A vote as the guide has it: five round trips in a transaction, by a pool as large as ours. */
import type pg from "pg";
import { voteOf } from "./hall.ts";

export async function castAsTheGuide(pool: pg.Pool, n: number): Promise<void> {
  const { fanId, setlistSongId } = voteOf(n);
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ show_id: string; artist_id: string }>(
      `select setlists.show_id, shows.artist_id from setlist_songs
        join setlists on setlists.id = setlist_songs.setlist_id join shows on shows.id = setlists.show_id
        where setlist_songs.id = $1 and shows.status <> 'cancelled'
          and (shows.voting_closes_at is null or shows.voting_closes_at > now())`,
      [setlistSongId],
    );
    const known = await client.query(
      "select 1 from votes where fan_id = $1 and setlist_song_id = $2 and ballot = 'expect'",
      [fanId, setlistSongId],
    );
    const [show] = rows;
    if (show && known.rows.length === 0) {
      await client.query(
        `with used as (
          insert into ballots as kept (fan_id, show_id, ballot, used) values ($1, $3, 'expect', 1)
          on conflict (fan_id, show_id, ballot) do update set used = kept.used + 1
        ), counted as (
          insert into vote_hours as kept (show_id, hour, artist_id, votes)
          values ($3, date_trunc('hour', now(), 'UTC'), $4, 1)
          on conflict (show_id, hour) do update set votes = kept.votes + 1
        ) insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id) values ($1, $2, 'expect', $3, $4)`,
        [fanId, setlistSongId, show.show_id, show.artist_id],
      );
      await client.query(
        `insert into tallies as kept (setlist_song_id, show_id, votes) values ($1, $2, 1)
          on conflict (setlist_song_id) do update set votes = kept.votes + 1`,
        [setlistSongId, show.show_id],
      );
    }
    await client.query("commit");
  } finally {
    client.release();
  }
}
