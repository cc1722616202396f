/** Predicted setlists. A row of a setlist keeps its id for ever: votes name it. */
import { sql } from "kysely";
import type { SongFacts } from "#rules/prediction/history";
import { type Ballot, caps } from "#rules/voting";
import type { Db, DbOrTrx } from "../index.ts";
import { isShown } from "./tallies.ts";

/**
 * The setlist of a show with its songs by position, their counts and how this fan stands to each; undefined when none
 * could be predicted yet.
 * @param reader whose votes are `mine`, and whether songs that were taken off the list are in it, marked so
 */
export async function findSetlist(
  db: DbOrTrx,
  showId: string,
  reader: { fanId?: string; hiddenToo?: boolean } = {},
) {
  const fanId = reader.fanId ?? null;
  const mine = (ballot: string) => sql`exists (select from votes where votes.fan_id = ${fanId}::uuid
    and votes.setlist_song_id = setlist_songs.id and votes.ballot = ${ballot})`;
  const setlist = await db
    .selectFrom("setlists")
    .select([
      "id",
      "basis",
      "model",
      "expected_songs as expectedSongs",
      "shows_known as showsKnown",
      "repeat_rate as repeatRate",
      "made_at as madeAt",
      sql<SetlistSong[]>`coalesce((
        select json_agg(json_build_object(
          'setlistSongId', setlist_songs.id, 'songId', songs.id, 'title', songs.title,
          'position', setlist_songs.position, 'isEncore', setlist_songs.is_encore,
          'probability', setlist_songs.probability, 'facts', setlist_songs.facts,
          'votes', coalesce(tallies.votes, 0), 'wishes', coalesce(tallies.wishes, 0),
          'myVote', ${mine("expect")}, 'myWish', ${mine("wish")},
          'suggested', exists (select from suggestions where suggestions.setlist_song_id = setlist_songs.id),
          'mySuggestion', exists (select from suggestions where suggestions.setlist_song_id = setlist_songs.id
            and suggestions.fan_id = ${fanId}::uuid),
          'hidden', setlist_songs.hidden_at is not null)
          order by setlist_songs.position, setlist_songs.id)
        from setlist_songs join songs on songs.id = setlist_songs.song_id
        left join tallies on tallies.setlist_song_id = setlist_songs.id
        where setlist_songs.setlist_id = setlists.id
          and (${isShown} or (${reader.hiddenToo ?? false} and setlist_songs.hidden_at is not null))), '[]')`.as(
        "songs",
      ),
      // Whoever votes has a ballot on the show; one that was emptied again is nobody's.
      sql<number>`(select count(distinct fan_id)::int from ballots
        where ballots.show_id = setlists.show_id and used > 0)`.as("fans"),
      sql<{ ballot: Ballot; used: number }[]>`coalesce((
        select json_agg(json_build_object('ballot', ballot, 'used', used)) from ballots
        where ballots.show_id = setlists.show_id and ballots.fan_id = ${fanId}::uuid), '[]')`.as("ballots"),
    ])
    .where("show_id", "=", showId)
    .executeTakeFirst();
  if (!setlist) return undefined;
  const { id: _id, ballots, ...rest } = setlist;
  const used = (name: Ballot) => ballots.find(({ ballot }) => ballot === name)?.used ?? 0;
  const left = {
    expect: { used: used("expect"), most: caps.expect },
    wish: { used: used("wish"), most: caps.wish },
  };
  return { ...rest, basis: rest.basis as Basis, left };
}

export type Basis = "history" | "popularity" | "catalogue";
export type SetlistSong = {
  setlistSongId: string;
  songId: string;
  title: string;
  position: number;
  isEncore: boolean;
  probability: number;
  facts: SongFacts;
  votes: number;
  wishes: number;
  myVote: boolean;
  myWish: boolean;
  /** some fan missed it */
  suggested: boolean;
  mySuggestion: boolean;
  /** taken off the list; only administrators see it */
  hidden: boolean;
};

export type NewSetlist = {
  showId: string;
  basis: Basis;
  model: string;
  expectedSongs: number;
  showsKnown: number;
  repeatRate?: number;
  songs: { songId: string; position: number; isEncore: boolean; probability: number; facts: SongFacts }[];
};

/**
 * Stores the setlists of many shows of one artist in four statements, whatever their number. Songs keep their row and id;
 * a song no longer expected keeps its row at probability 0 and sorts last. Nothing is written where nothing changed.
 * @returns setlists new, changed, unchanged
 */
export async function upsertSetlists(
  trx: DbOrTrx,
  setlists: NewSetlist[],
): Promise<{ new: number; changed: number; unchanged: number }> {
  if (setlists.length === 0) return { new: 0, changed: 0, unchanged: 0 };
  const heads = setlists.map((setlist) => ({
    show_id: setlist.showId,
    basis: setlist.basis,
    model: setlist.model,
    expected_songs: setlist.expectedSongs,
    shows_known: setlist.showsKnown,
    repeat_rate: setlist.repeatRate ?? null,
  }));
  const known = await trx
    .selectFrom("setlists")
    .select("show_id")
    .where(
      "show_id",
      "in",
      heads.map((head) => head.show_id),
    )
    .execute();
  const changed = new Set<string>();
  const written = await sql<{ showId: string }>`
    insert into setlists as old (show_id, basis, model, expected_songs, shows_known, repeat_rate)
    select show_id, basis, model, expected_songs, shows_known, repeat_rate
    from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as t (
      show_id uuid, basis text, model text, expected_songs smallint, shows_known int, repeat_rate real)
    on conflict (show_id) do update set
      basis = excluded.basis, model = excluded.model, expected_songs = excluded.expected_songs,
      shows_known = excluded.shows_known, repeat_rate = excluded.repeat_rate, made_at = now()
    where (old.basis, old.model, old.expected_songs, old.shows_known, old.repeat_rate)
      is distinct from (excluded.basis, excluded.model, excluded.expected_songs, excluded.shows_known, excluded.repeat_rate)
    returning show_id as "showId"`.execute(trx as Db);
  for (const row of written.rows) changed.add(row.showId);

  const songs = setlists.flatMap((setlist) =>
    setlist.songs.map((song) => ({
      show_id: setlist.showId,
      song_id: song.songId,
      position: song.position,
      is_encore: song.isEncore,
      probability: song.probability,
      facts: song.facts,
    })),
  );
  const payload = JSON.stringify(songs);
  const upserted = await sql<{ showId: string }>`
    with written as (
      insert into setlist_songs as old (setlist_id, song_id, position, is_encore, probability, facts)
      select setlists.id, t.song_id, t.position, t.is_encore, t.probability, t.facts
      from jsonb_to_recordset(${payload}::jsonb) as t (
        show_id uuid, song_id uuid, position smallint, is_encore boolean, probability real, facts jsonb)
      join setlists on setlists.show_id = t.show_id
      on conflict (setlist_id, song_id) do update set
        position = excluded.position, is_encore = excluded.is_encore,
        probability = excluded.probability, facts = excluded.facts
      where (old.position, old.is_encore, old.probability, old.facts)
        is distinct from (excluded.position, excluded.is_encore, excluded.probability, excluded.facts)
      returning setlist_id)
    select distinct setlists.show_id as "showId" from written join setlists on setlists.id = written.setlist_id`.execute(
    trx as Db,
  );
  for (const row of upserted.rows) changed.add(row.showId);

  // Songs that fell out of the prediction: kept, because their id may be on somebody's ballot, with no chance and last.
  // What was counted of them is no longer true.
  await sql`
    update setlist_songs set probability = 0, is_encore = false, position = 32000, facts = '{}'
    from setlists
    where setlists.id = setlist_songs.setlist_id
      and setlists.show_id in (select (value->>'show_id')::uuid from jsonb_array_elements(${JSON.stringify(heads)}::jsonb))
      and setlist_songs.probability > 0
      and not exists (
        select 1 from jsonb_to_recordset(${payload}::jsonb) as t (show_id uuid, song_id uuid)
        where t.show_id = setlists.show_id and t.song_id = setlist_songs.song_id)`.execute(trx as Db);

  const before = new Set(known.map((row) => row.show_id));
  const fresh = setlists.filter((setlist) => !before.has(setlist.showId)).length;
  const altered = [...changed].filter((id) => before.has(id)).length;
  return { new: fresh, changed: altered, unchanged: setlists.length - fresh - altered };
}
