/** Songs and recordings as pages read them. How an import makes them is in song-writes.ts and recordings.ts. */
import { type RawBuilder, sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

/** How many songs, or recordings, a page of a list has. */
export const SONGS_A_PAGE = 50;
export type TitleCursor = { title: string; id: string };

/** Titles as a person looks for them: our clusters sort by code point, which would put "É" and "a" behind "Z". */
const sorted = (title: RawBuilder<unknown>) => sql<string>`lower(normalize(${title}, NFKD))`;
const byTitle = (table: "songs" | "recordings") => sorted(sql.ref(`${table}.title`));
const after = (table: "songs" | "recordings", { title, id }: TitleCursor) =>
  sql<boolean>`(${byTitle(table)}, ${sql.ref(`${table}.id`)}) > (${sorted(sql`${title}::text`)}, ${id}::uuid)`;

/**
 * Studio songs by title, a page at a time; album, length and links are those of the recording that stands for each.
 * @returns up to SONGS_A_PAGE + 1 rows: the one too many says that there is more
 */
export async function listSongs(db: DbOrTrx, args: { artistId: string; after?: TitleCursor }) {
  return db
    .selectFrom("songs")
    .leftJoin("recordings", "recordings.id", "songs.recording_id")
    .leftJoin("releases", "releases.id", "recordings.release_id")
    .where("songs.artist_id", "=", args.artistId)
    .where("songs.kind", "=", "studio")
    .where("songs.merged_into", "is", null)
    .$if(args.after !== undefined, (query) => query.where(after("songs", args.after!)))
    .select([
      "songs.id",
      "songs.title",
      "releases.title as albumName",
      "recordings.duration_ms as durationMs",
      "recordings.isrc",
      "recordings.source",
      "recordings.source_id as sourceId",
    ])
    .orderBy(byTitle("songs"))
    .orderBy("songs.id")
    .limit(SONGS_A_PAGE + 1)
    .execute();
}

/** Dropped: no song. Folded: a song that another recording stands for already. */
export type LeftOut = "dropped" | "folded";

/**
 * Recordings that stand for no song, by title, a page at a time, with the reason and the song each one belongs to.
 * @returns up to SONGS_A_PAGE + 1 rows
 */
export async function listRecordingsLeftOut(
  db: DbOrTrx,
  args: { artistId: string; verdict: LeftOut; after?: TitleCursor },
) {
  return db
    .selectFrom("recordings")
    .leftJoin("releases", "releases.id", "recordings.release_id")
    .leftJoin("songs", "songs.id", "recordings.song_id")
    .where("recordings.artist_id", "=", args.artistId)
    .where("recordings.verdict", "=", args.verdict)
    .$if(args.after !== undefined, (query) => query.where(after("recordings", args.after!)))
    .select([
      "recordings.id",
      "recordings.title",
      "releases.title as albumName",
      "recordings.reason",
      "recordings.source",
      "recordings.source_id as sourceId",
      "songs.title as songTitle",
    ])
    .orderBy(byTitle("recordings"))
    .orderBy("recordings.id")
    .limit(SONGS_A_PAGE + 1)
    .execute();
}

/** How many recordings of an artist were read, and what became of them. */
export async function countRecordings(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("recordings")
    .where("artist_id", "=", artistId)
    .select([
      sql<number>`count(*)::int`.as("read"),
      sql<number>`(count(*) filter (where verdict = 'dropped'))::int`.as("dropped"),
      sql<number>`(count(*) filter (where verdict = 'folded'))::int`.as("folded"),
    ])
    .executeTakeFirstOrThrow();
}
