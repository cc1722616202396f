/** An administrator says that two titles are one song, or that one is not. The caller holds the artist's lock. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { mergeSongs } from "./song-writes.ts";

export type Mergeable = { id: string; titleKey: string };

/**
 * Makes two songs one, which looks like `into`. The older row stays, for its id is on more ballots; the name of the other
 * is remembered as an administrator's word.
 * @returns the id of the one that stays
 */
export async function mergeByAdmin(
  trx: DbOrTrx,
  artistId: string,
  from: Mergeable,
  into: Mergeable,
): Promise<string> {
  const [kept, lost] = from.id < into.id ? [from, into] : [into, from];
  const look = await trx
    .selectFrom("songs")
    .select(["id", "title", "kind", "recording_id"])
    .where("id", "in", [from.id, into.id])
    .execute();
  const [of, to] = [look.find(({ id }) => id === from.id), look.find(({ id }) => id === into.id)];
  await mergeSongs(trx, [{ from: lost.id, into: kept.id }]);
  if (kept.id !== into.id) {
    // The two rows change names: the one that stays is called as `into` is, and found by that name.
    const rename = (id: string, key: string, title?: string) =>
      trx
        .updateTable("songs")
        .set({ title_key: key, ...(title && { title }) })
        .where("id", "=", id)
        .execute();
    await rename(lost.id, lost.id);
    await rename(kept.id, into.titleKey);
    await rename(lost.id, from.titleKey, of?.title);
  }
  await trx
    .updateTable("songs")
    .set({
      title: to?.title,
      kind: [of, to].some((song) => song?.kind === "studio") ? "studio" : "setlist",
      recording_id: to?.recording_id ?? of?.recording_id ?? null,
    })
    .where("id", "=", kept.id)
    .execute();
  // As the next judgement of the catalogue will: one recording stands for the song.
  await sql`
    update recordings set verdict = 'folded', reason = 'same-song: another name of a song that stands already'
    from songs
    where songs.id = ${kept.id} and recordings.song_id = songs.id and recordings.verdict = 'kept'
      and recordings.id <> songs.recording_id`.execute(trx as Db);
  await writeAlias(trx, artistId, from.titleKey, kept.id);
  // That it was set apart before is over: it is another song's name, or has one.
  await trx
    .deleteFrom("song_aliases")
    .where("artist_id", "=", artistId)
    .where("title_key", "=", into.titleKey)
    .where("song_id", "=", kept.id)
    .execute();
  return kept.id;
}

/**
 * Makes a song of its own of what was another name of `songId`: its own row again where it had one, else a new one.
 * What is written as one of `spellings` is it from now on; votes stay where they are.
 * @returns the id of the song set apart
 */
export async function splitByAdmin(
  trx: DbOrTrx,
  artistId: string,
  split: {
    songId: string;
    titleKey: string;
    title: string;
    spellings: { played: string[]; recorded: string[] };
  },
): Promise<string> {
  const { songId, titleKey, title, spellings } = split;
  const { rows } = await sql<{ id: string }>`
    insert into songs as old (artist_id, title, title_key, kind)
    values (${artistId}, ${title}, ${titleKey}, 'setlist')
    on conflict (artist_id, title_key) do update set merged_into = null
    returning id`.execute(trx as Db);
  const id = rows[0]!.id;
  await writeAlias(trx, artistId, titleKey, id);
  await trx
    .updateTable("past_setlist_songs")
    .set({ song_id: id })
    .where("song_id", "=", songId)
    .where("name", "=", sql<string>`any(${spellings.played}::text[])`)
    .execute();
  await trx
    .updateTable("recordings")
    .set({ song_id: id })
    .where("song_id", "=", songId)
    .where("title", "=", sql<string>`any(${spellings.recorded}::text[])`)
    .execute();
  return id;
}

async function writeAlias(trx: DbOrTrx, artistId: string, titleKey: string, songId: string): Promise<void> {
  const row = { artist_id: artistId, title_key: titleKey, song_id: songId, chosen_by: "admin" };
  await trx
    .insertInto("song_aliases")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["artist_id", "title_key"]).doUpdateSet({ song_id: songId, chosen_by: "admin" }),
    )
    .execute();
}
