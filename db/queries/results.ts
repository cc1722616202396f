/** What happened at a show and how right everyone was, as pages read it. How it comes about is in result-scores.ts. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

export type Scorer = "machine" | "fans" | "last-show" | "last-ten" | "fan";

/** One entry of what was played, in order; tapes and songs nobody knew keep their place. */
export type PlayedEntry = {
  /** from 1 */
  position: number;
  /** our title of the song, or what was written where it is none; "" is a song nobody knew */
  title: string;
  songId: string | null;
  /** its row on the predicted setlist */
  setlistSongId: string | null;
  setName: string | null;
  encore: number | null;
  tape: boolean;
  /** whose song it is */
  cover: string | null;
  /** played before that night */
  again: boolean;
  /** the machine's odds; null where it is no song that counts, 0 where nobody had thought of it */
  probability: number | null;
  /** fans who said that it would be played */
  votes: number;
  /** among the songs the machine named: as many as were played */
  inList: boolean;
  /** the asking fan said so */
  mine: boolean;
};

/** A song of the predicted setlist and what became of it. */
export type ScoredSong = {
  songId: string;
  title: string;
  setlistSongId: string | null;
  probability: number;
  votes: number;
  played: boolean;
  isEncore: boolean;
  inList: boolean;
  mine: boolean;
};

export type Score = {
  /** of the songs named, so many were played */
  hits: number;
  /** how many of the names count: as many as songs were played, at most */
  named: number;
  /** songs played, without tapes, each once */
  played: number;
  /** squared errors over all songs considered, divided by the songs played; less is better */
  brier: number;
};

/**
 * The result of a show; undefined while nobody has written down what was played.
 * @param reader whose votes are `mine`; what was read longer than `keepDays` ago is not told (their terms): then `entries`
 *   is empty, and `songs` are those of the predicted setlist only
 */
export async function findResult(
  db: DbOrTrx,
  showId: string,
  reader: { fanId?: string | undefined; keepDays: number },
) {
  const fanId = reader.fanId ?? null;
  const mine = sql`exists (select from votes where votes.fan_id = ${fanId}::uuid and votes.ballot = 'expect'
    and votes.setlist_song_id = scored.setlist_song_id)`;
  const isTold = sql<boolean>`coalesce(past_setlists.fetched_at > now() - make_interval(days => ${reader.keepDays}), false)`;
  return db
    .selectFrom("show_results as result")
    .innerJoin("shows", "shows.id", "result.show_id")
    .leftJoin("past_setlists", (join) =>
      join
        .onRef("past_setlists.source", "=", "result.source")
        .onRef("past_setlists.source_id", "=", "result.source_id"),
    )
    .where("result.show_id", "=", showId)
    .select([
      "result.source",
      "result.url",
      "result.played",
      "result.scored_at as scoredAt",
      isTold.as("isTold"),
      // A setlist that is no longer read again has settled, whether or not anybody came by to note it.
      sql<boolean>`(result.settled_at is not null
        or shows.voting_closes_at + interval '72 hours' < now())`.as("settled"),
      sql<PlayedEntry[]>`case when ${isTold} then coalesce((
        select json_agg(json_build_object('position', entry.position, 'title', coalesce(songs.title, entry.name),
          'songId', entry.song_id, 'setlistSongId', scored.setlist_song_id, 'setName', entry.set_name,
          'encore', entry.encore, 'tape', entry.tape, 'cover', entry.cover, 'again', entry.nth > 1,
          'probability', scored.probability, 'votes', coalesce(scored.votes, 0), 'inList', coalesce(scored.named, false),
          'mine', ${mine}) order by entry.position)
        from (select *, row_number() over (partition by song_id, tape order by position)
            * (song_id is not null and not tape)::int as nth
          from past_setlist_songs where past_setlist_id = past_setlists.id) entry
        left join songs on songs.id = entry.song_id
        left join scored_songs scored on scored.show_id = result.show_id and scored.song_id = entry.song_id
          and not entry.tape), '[]') else '[]' end`.as("entries"),
      sql<ScoredSong[]>`coalesce((
        select json_agg(json_build_object('songId', songs.id, 'title', songs.title,
          'setlistSongId', scored.setlist_song_id, 'probability', scored.probability, 'votes', scored.votes,
          'played', scored.played, 'isEncore', scored.is_encore, 'inList', scored.named, 'mine', ${mine})
          order by scored.named desc, scored.probability desc, listed.position, songs.id)
        from scored_songs scored join songs on songs.id = scored.song_id
        left join setlist_songs listed on listed.id = scored.setlist_song_id
        where scored.show_id = result.show_id
          and (scored.probability > 0 or scored.votes > 0 or (scored.played and ${isTold}))), '[]')`.as(
        "songs",
      ),
      sql<(Score & { scorer: Scorer })[]>`coalesce((
        select json_agg(json_build_object('scorer', scorer, 'hits', hits, 'named', named, 'played', played,
          'brier', brier))
        from scores where scores.show_id = result.show_id
          and (fan_id is null or fan_id = ${fanId}::uuid)), '[]')`.as("scores"),
      sql<number>`(select count(*)::int from scores where scores.show_id = result.show_id
        and scorer = 'fan')`.as("voters"),
    ])
    .executeTakeFirst();
}
