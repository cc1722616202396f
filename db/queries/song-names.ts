/** Songs with their other names, as an administrator sees them. How they are made one and apart: song-merges.ts. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { TitleCursor } from "./songs.ts";

export type OtherName = {
  titleKey: string;
  /** as it was written; the key where nobody wrote it out */
  title: string;
  /** who said that it is this song */
  by: "machine" | "admin";
};
export type NamedSong = {
  id: string;
  artistId: string;
  title: string;
  titleKey: string;
  kind: "studio" | "setlist";
  /** an administrator said that it is no other song, however alike they are */
  apart: boolean;
  /** past setlists it stands on, setlists of shows it is voted on, and both ballots' votes there */
  played: number;
  setlists: number;
  votes: number;
  names: OtherName[];
};

const named = sql`
  songs.id, songs.artist_id as "artistId", songs.title, songs.title_key as "titleKey", songs.kind,
  exists (select from song_aliases own where own.artist_id = songs.artist_id and own.title_key = songs.title_key
    and own.song_id = songs.id and own.chosen_by = 'admin') as apart,
  (select count(distinct past_setlist_id)::int from past_setlist_songs where song_id = songs.id) as played,
  (select count(*)::int from setlist_songs where song_id = songs.id) as setlists,
  (select coalesce(sum(tallies.votes + tallies.wishes), 0)::int from setlist_songs row
    join tallies on tallies.setlist_song_id = row.id where row.song_id = songs.id) as votes,
  coalesce((
    select json_agg(json_build_object('titleKey', name.title_key, 'title', coalesce(name.title, name.title_key),
      'by', name.by) order by name.title_key)
    from (
      select coalesce(alias.title_key, lost.title_key) as title_key, lost.title,
        coalesce(alias.chosen_by, 'machine') as by
      from (select * from song_aliases where song_id = songs.id and title_key <> songs.title_key) alias
      full join (select * from songs other where other.merged_into = songs.id) lost
        on lost.title_key = alias.title_key) name), '[]') as names`;

/** Titles as a person looks for them, as in songs.ts. */
const sorted = (title: ReturnType<typeof sql>) => sql`lower(normalize(${title}, NFKD))`;

/** All songs of an artist that stand for themselves, by title; `key`: only those whose key holds it, by any name. */
export async function listNamedSongs(
  db: DbOrTrx,
  args: {
    artistId: string;
    key?: string | undefined;
    after?: TitleCursor | undefined;
    limit: number;
  },
): Promise<NamedSong[]> {
  const { artistId, key, after, limit } = args;
  const holds = key ? `%${key.replace(/[\\%_]/g, "\\$&")}%` : null;
  const { rows } = await sql<NamedSong>`
    select ${named} from songs
    where songs.artist_id = ${artistId} and songs.merged_into is null
      and (${holds}::text is null or songs.title_key like ${holds}
        or exists (select from song_aliases where song_id = songs.id and title_key like ${holds})
        or exists (select from songs lost where lost.merged_into = songs.id and lost.title_key like ${holds}))
      and (${after?.id ?? null}::uuid is null or (${sorted(sql`songs.title`)}, songs.id)
        > (${sorted(sql`${after?.title ?? null}::text`)}, ${after?.id ?? null}::uuid))
    order by ${sorted(sql`songs.title`)}, songs.id
    limit ${limit}`.execute(db as Db);
  return rows;
}

/** One that stands for itself. @param songId its id, or that of a song that was merged into it */
export async function findNamedSong(db: DbOrTrx, songId: string): Promise<NamedSong | undefined> {
  const { rows } = await sql<NamedSong>`
    select ${named} from songs
    where songs.id = (select coalesce(merged_into, id) from songs asked where asked.id = ${songId})`.execute(
    db as Db,
  );
  return rows[0];
}

/** How a song is written: on past setlists, and by the services' recordings. */
export async function listSpellings(
  db: DbOrTrx,
  songId: string,
): Promise<{ played: string[]; recorded: string[] }> {
  const { rows } = await sql<{ played: string[]; recorded: string[] }>`
    select coalesce((select array_agg(distinct name) from past_setlist_songs where song_id = ${songId}), '{}') as played,
      coalesce((select array_agg(distinct title) from recordings where song_id = ${songId}), '{}') as recorded`.execute(
    db as Db,
  );
  return rows[0] ?? { played: [], recorded: [] };
}
