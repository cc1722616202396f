/** Songs that fans put on setlists, for those who moderate them. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export const suggestionStates = ["new", "hidden", "all"] as const;
export type SuggestionState = (typeof suggestionStates)[number];
/** the moment as Postgres writes it: a `Date` would lose what lies below a millisecond */
export type SuggestionCursor = { at: string; setlistSongId: string; fanId: string };

export type SuggestionRow = {
  setlistSongId: string;
  title: string;
  showSlug: string;
  showName: string;
  localDate: string | null;
  artistName: string | null;
  /** who suggested it last, and how many others did */
  fanId: string;
  fanName: string | null;
  others: number;
  votes: number;
  wishes: number;
  hidden: boolean;
  hiddenByName: string | null;
  suggestedAt: Date;
  /** the same for the cursor */
  at: string;
};

/** A row a song and show, the one suggested last first. `new`: on the list, not taken off it. */
export async function listSuggestions(
  db: DbOrTrx,
  args: { state: SuggestionState; after?: SuggestionCursor | undefined; limit: number },
): Promise<SuggestionRow[]> {
  const { state, after, limit } = args;
  // Written out: a parameter would keep the partial index of hidden ones out.
  const hidden = {
    new: sql`and row.hidden_at is null`,
    hidden: sql`and row.hidden_at is not null`,
    all: sql``,
  }[state];
  const from = after
    ? sql`and (s.created_at, s.setlist_song_id, s.fan_id)
        < (${after.at}::timestamptz, ${after.setlistSongId}::uuid, ${after.fanId}::uuid)`
    : sql``;
  const { rows } = await sql<SuggestionRow>`
    select s.setlist_song_id as "setlistSongId", songs.title, shows.slug as "showSlug", shows.name as "showName",
      shows.local_date as "localDate", artists.name as "artistName", s.fan_id as "fanId", fans.name as "fanName",
      (select count(*)::int - 1 from suggestions other where other.setlist_song_id = s.setlist_song_id) as others,
      coalesce(tallies.votes, 0) as votes, coalesce(tallies.wishes, 0) as wishes,
      row.hidden_at is not null as hidden, hider.name as "hiddenByName",
      s.created_at as "suggestedAt", s.created_at::text as at
    from suggestions s
    join setlist_songs row on row.id = s.setlist_song_id
    join songs on songs.id = row.song_id
    join shows on shows.id = s.show_id
    join artists on artists.id = shows.artist_id
    join fans on fans.id = s.fan_id
    left join fans hider on hider.id = row.hidden_by
    left join tallies on tallies.setlist_song_id = row.id
    where not exists (
      select from suggestions later where later.setlist_song_id = s.setlist_song_id
        and (later.created_at, later.fan_id) > (s.created_at, s.fan_id))
      ${hidden} ${from}
    order by s.created_at desc, s.setlist_song_id desc, s.fan_id desc
    limit ${limit}`.execute(db as Db);
  return rows;
}
